using System.Collections.Immutable;
using TomOrleans.Client.Input;
using TomOrleans.Targets;

namespace TomOrleans.Client.TargetFiles;

/// <summary>What a column says of a target, by its heading. Pure.</summary>
/// <param name="Heading">As it stands in the file.</param>
/// <param name="Key">By which two headings are the same; null for columns that may be there more than once.</param>
/// <param name="Read">The target with what a cell says of it, or the fault. Cells without a text are left out.</param>
internal sealed record TargetColumn(string Heading, string? Key, Func<TargetDraft, string, (TargetDraft Draft, string? Fault)> Read)
{
    public const string Name = "name";

    private static readonly char[] Between = [';', '|'];

    public static TargetColumn Of(string heading)
    {
        var word = heading.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return word switch
        {
            "name" or "target" or "target_name" or "object" or "objname" => new(heading, Name, (draft, text) => (draft with { Name = text }, null)),
            "ra" or "right_ascension" or "ra_deg" or "raj2000" => new(heading, "ra", ReadRightAscension),
            "dec" or "declination" or "dec_deg" or "dej2000" or "decj2000" => new(heading, "dec", ReadDeclination),
            "type" => new(heading, word, ReadType),
            "scheme" => new(heading, word, ReadScheme),
            "alias" or "aliases" => new(heading, null, (draft, text) => (draft with { Aliases = [.. draft.Aliases, .. Parts(text)] }, null)),
            "list" or "lists" or "group" or "groups" or "target_lists" => new(heading, null, (draft, text) => (draft with { Lists = [.. draft.Lists, .. Parts(text)] }, null)),

            // Of the site that the file is from.
            "id" or "created" or "modified" or "permissions" => new(heading, null, (draft, _) => (draft, null)),
            _ when IsFurtherName(word) => new(heading, null, (draft, text) => (draft with { Aliases = [.. draft.Aliases, text] }, null)),
            _ when TargetField.Find(word) is { } field => new(heading, word, (draft, text) => ReadNumber(draft, field, text)),
            _ => new(heading, word, (draft, text) => (draft with { Extras = [.. draft.Extras, new TargetExtra(heading.Trim(), text)] }, null)),
        };
    }

    /// <summary><c>name2</c>, <c>name3</c> ..., as the Toolkit has them.</summary>
    private static bool IsFurtherName(string word) => word.StartsWith("name", StringComparison.Ordinal) && word.Length > 4 && word.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;

    private static ImmutableArray<string> Parts(string text) => [.. text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static (TargetDraft Draft, string? Fault) ReadRightAscension(TargetDraft draft, string text) => AngleInput.TryRightAscension(text, out var degrees)
        ? (draft with { RightAscensionDegrees = degrees }, null)
        : (draft, $"'{text}' is no right ascension: {AngleInput.RightAscension}");

    private static (TargetDraft Draft, string? Fault) ReadDeclination(TargetDraft draft, string text) => AngleInput.TryDeclination(text, out var degrees)
        ? (draft with { DeclinationDegrees = degrees }, null)
        : (draft, $"'{text}' is no declination: {AngleInput.Declination}");

    private static (TargetDraft Draft, string? Fault) ReadType(TargetDraft draft, string text) => TargetWords.TryType(text, out var type)
        ? (draft with { Type = type }, null)
        : (draft, $"'{text}' is no type: {TargetWords.Types}");

    private static (TargetDraft Draft, string? Fault) ReadScheme(TargetDraft draft, string text) => TargetWords.TryScheme(text, out var scheme)
        ? (draft with { Elements = (draft.Elements ?? new()) with { Scheme = scheme } }, null)
        : (draft, $"'{text}' is no scheme: {TargetWords.Schemes}");

    private static (TargetDraft Draft, string? Fault) ReadNumber(TargetDraft draft, TargetField field, string text)
    {
        if (!AngleInput.TryNumber(text, out var number))
        {
            return (draft, $"'{text}' is no number, for {field.NameWithUnit}");
        }

        var edit = field.With(new() { Name = draft.Name, Astrometry = draft.Astrometry, Elements = draft.Elements }, number);
        return (draft with { Astrometry = edit.Astrometry, Elements = edit.Elements }, null);
    }
}
