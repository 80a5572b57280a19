using System.Globalization;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>ARCHIVE and ARCHIVE_BYTES: how long messages are kept, and how much of them.</summary>
internal static class ArchiveSection
{
    /// <summary>Where keeping is on and nobody says for how long.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(30);

    private const string Allowed = "off, or for how long: a whole number with m (minutes), h (hours) or d (days), such as 12h or 30d, up to 3650d";
    private const long Least = 1L << 20;
    private const long Most = 1L << 50;

    /// <summary>Zero for off.</summary>
    public static TimeSpan Read(Section section, TimeSpan fallback) =>
        section.Optional("ARCHIVE", Allowed, TryDuration, fallback, Text(fallback));

    /// <summary>What the kept messages of a stream may take up [bytes].</summary>
    public static long ReadBytes(Section options, long fallback) => options.Number("ARCHIVE_BYTES", fallback, Least, Most, " (bytes)");

    private static string Text(TimeSpan duration) =>
        duration == TimeSpan.Zero ? "off" : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalDays:0.###}d");

    /// <summary>Zero for <c>off</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "off")
        {
            return true;
        }

        var unit = text.Length < 2 ? TimeSpan.Zero : text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        if (unit == TimeSpan.Zero || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        duration = number * unit;
        return number > 0 && duration <= TimeSpan.FromDays(3650);
    }
}
