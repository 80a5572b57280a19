using TomOrleans.Targets;

namespace TomOrleans.Client.Input;

/// <summary><c>COLUMN=FIELD</c>; the last equals sign parts them.</summary>
internal static class ColumnInput
{
    /// <summary>Null for a text of another form.</summary>
    public static ColumnMapping? Parse(string text) => text.LastIndexOf('=') is > 0 and var at && at < text.Length - 1 && !string.IsNullOrWhiteSpace(text[..at])
        ? new(text[..at].Trim(), text[(at + 1)..].Trim())
        : null;
}
