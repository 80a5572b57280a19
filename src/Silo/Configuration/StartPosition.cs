using System.Globalization;

namespace TomOrleans.Silo.Configuration;

public enum StartKind
{
    /// <summary>At the end: only what comes from now on.</summary>
    Latest,

    /// <summary>At the oldest message the broker still has.</summary>
    Earliest,

    /// <summary>At the first message of a time or later.</summary>
    Time,
}

/// <summary>Where a handler begins that sees a partition for the first time.</summary>
/// <param name="Kind">By what it is found.</param>
/// <param name="Time">UTC; not null exactly for <see cref="StartKind.Time"/>.</param>
public readonly record struct StartPosition(StartKind Kind, DateTimeOffset? Time = null)
{
    internal const string Allowed = "latest, earliest, or an ISO 8601 time with its offset such as 2026-08-01T00:00:00Z";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads <c>latest</c>, <c>earliest</c> (in any case, as newer Toolkit streams write them) or a time that states its offset from UTC.</summary>
    public static bool TryParse(string text, out StartPosition position)
    {
        position = default;
        if (text.Equals("latest", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text.Equals("earliest", StringComparison.OrdinalIgnoreCase))
        {
            position = new(StartKind.Earliest);
            return true;
        }

        // Without its offset a time would be read in the zone of whatever machine this is.
        var statesOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (!statesOffset || !DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        position = new(StartKind.Time, time.ToUniversalTime());
        return true;
    }

    public override string ToString() => Kind switch
    {
        StartKind.Latest => "latest",
        StartKind.Earliest => "earliest",
        _ => Time!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
    };
}
