using System.Text.Json;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Makes lines of Hermes' tree of validation errors, which mirrors the request: <c>{"data":{"photometry":[{},{"bandpass":["This field is required."]}]}}</c> is
/// <c>data.photometry[1] (AT2026abc, 2026-07-01T03:04:05Z, g).bandpass: This field is required.</c>, where what was sent says which target and point that is. Odd cases seen: errors of list
/// items as <c>{"1":[..]}</c>, a null row as a bare list of texts, <c>non_field_errors</c>.
/// </summary>
internal static class HermesFieldErrors
{
    private const int MostLines = 20;

    private static readonly string[] Tables = ["targets", "photometry", "spectroscopy", "astrometry"];

    /// <param name="errors">The tree.</param>
    /// <param name="sent">The request; empty where it is not at hand.</param>
    public static string Flatten(JsonElement errors, ReadOnlySpan<byte> sent = default)
    {
        var lines = new List<string>();
        Collect(errors, "", Names(sent), lines);
        var shown = string.Join('\n', lines.Take(MostLines));
        return lines.Count > MostLines ? $"{shown}\n... and {lines.Count - MostLines} more" : shown;
    }

    /// <summary>The same for a tree of our own check.</summary>
    public static IReadOnlyList<string> Lines(object errors, WireObject sent)
    {
        using var tree = JsonDocument.Parse(WireWriter.ToAnswer(errors));
        return Flatten(tree.RootElement, WireWriter.ToTopic(sent)).Split('\n');
    }

    private static void Collect(JsonElement node, string path, IReadOnlyDictionary<string, string> names, List<string> lines)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in node.EnumerateObject())
                {
                    Collect(member.Value, Step(path, member.Name), names, lines);
                }

                break;
            case JsonValueKind.Array when node.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                if (node.GetArrayLength() > 0)
                {
                    Add(path, string.Join(' ', node.EnumerateArray().Select(item => item.GetString())), lines);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in node.EnumerateArray())
                {
                    var place = $"{path}[{index++}]";
                    Collect(item, names.TryGetValue(place, out var name) ? $"{place} ({name})" : place, names, lines);
                }

                break;
            case JsonValueKind.String:
                Add(path, node.GetString()!, lines);
                break;
            default:
                Add(path, node.GetRawText(), lines);
                break;
        }
    }

    /// <summary>What stands in each row of what was sent, by its place: the target, and for measurements time and band.</summary>
    private static Dictionary<string, string> Names(ReadOnlySpan<byte> sent)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (sent.IsEmpty)
        {
            return names;
        }

        try
        {
            var data = (WireReader.Read(sent) as WireObject)?.Get("data") as WireObject ?? [];
            foreach (var table in Tables)
            {
                var rows = data.Get(table) as WireList ?? [];
                for (var i = 0; i < rows.Count; i++)
                {
                    if (rows[i] is WireObject row && Name(row) is { Length: > 0 } name)
                    {
                        names[$"data.{table}[{i}]"] = name;
                    }
                }
            }
        }
        catch (WireFormatException)
        {
            // Then the places alone must do.
        }

        return names;
    }

    private static string Name(WireObject row) => string.Join(", ", new[] { row.Get("name") ?? row.Get("target_name"), row.Get("date_obs"), row.Get("bandpass") }
        .Where(part => part is not null and not WireObject and not WireList)
        .Select(part => Bounded(PythonText.Str(part)))
        .Where(part => part.Length > 0));

    private static string Bounded(string text) => OneLine.Of(text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "..."));

    private static string Step(string path, string name) =>
        name == "non_field_errors" ? path
        : name.Length > 0 && name.All(char.IsAsciiDigit) ? $"{path}[{name}]"
        : path.Length == 0 ? name
        : $"{path}.{name}";

    private static void Add(string path, string words, List<string> lines) => lines.Add(path.Length == 0 ? words : $"{path}: {words}");
}
