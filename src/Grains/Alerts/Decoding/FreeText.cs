namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// Text that identifies nothing (titles, names of people), made fit for storing: trimmed, bounded, without NUL (which PostgreSQL
/// cannot hold).
/// </summary>
internal static class FreeText
{
    public static string? Clean(string? text, int longest)
    {
        var trimmed = text?.Trim().Replace('\0', '\uFFFD');
        if (trimmed?.Length > longest)
        {
            // Not between the halves of a surrogate pair.
            trimmed = trimmed[..(char.IsHighSurrogate(trimmed[longest - 1]) ? longest - 1 : longest)];
        }

        return string.IsNullOrEmpty(trimmed) ? null : trimmed;
    }

    /// <summary>A message of the runtime on one line.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\0', ' ');
}
