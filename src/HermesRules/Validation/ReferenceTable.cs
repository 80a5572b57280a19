using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>A row of <c>data.references</c>: a URL, or a source with a citation. The source <c>hop_uuid</c> must cite a message Hermes knows.</summary>
internal static class ReferenceTable
{
    public static Table Rows(Func<Guid, bool> isKnown) => new(
        Fields.OptionalText("source"),
        Fields.OptionalText("citation"),
        new Field("url", Rules.Url) { Nullable = true })
    {
        Whole = row => Check(row, isKnown),
    };

    private static object? Check(WireObject row, Func<Guid, bool> isKnown)
    {
        if (row.Get("source") is string source)
        {
            return row.Get("citation") is string citation
                ? Cited(source, citation, isKnown)
                : new WireObject { ["citation"] = WireList.Of("Must set citation with source") };
        }

        if (row.ContainsKey("citation"))
        {
            return new WireObject { ["source"] = WireList.Of("Must set source with citation") };
        }

        return row.ContainsKey("url") ? null : Missing();
    }

    private static object? Cited(string source, string citation, Func<Guid, bool> isKnown)
    {
        if (!source.Equals("hop_uuid", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!Guid.TryParse(citation, out var uuid))
        {
            return WireList.Of($"\u201C{citation}\u201D is not a valid UUID.");
        }

        return isKnown(uuid) ? null : new WireObject { ["citation"] = WireList.Of($"hop_uuid {citation} does not exist") };
    }

    private static WireObject Missing()
    {
        var errors = new WireObject();
        foreach (var name in (string[])["source", "citation", "url"])
        {
            errors[name] = WireList.Of("Must set source/citation or url");
        }

        return errors;
    }
}
