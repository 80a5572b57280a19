using System.Globalization;
using System.Text.RegularExpressions;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>
/// A notice as lines <c>KEY: value</c>. Shape, trimmed:
/// <code>
/// TITLE:            GCN/SWIFT NOTICE
/// NOTICE_DATE:      Sat 28 Oct 23 04:09:23 UT
/// NOTICE_TYPE:      Swift-BAT GRB Position
/// TRIGGER_NUM:      1193078, Seg_Num: 0
/// GRB_RA:           214.029d {+14h 16m 07s} (J2000),
///                   214.305d {+14h 17m 13s} (current),
/// GRB_DEC:          +20.895d {+20d 53' 42"} (J2000),
/// GRB_ERROR:        3.00 [arcmin radius, statistical only]
/// GRB_DATE:         20245 TJD;   301 DOY;   23/10/28
/// GRB_TIME:         14949.55 SOD {04:09:09.55} UT
/// </code>
/// The day is a truncated Julian date (JD - 2440000.5), the time seconds of it.
/// </summary>
internal static partial class GcnTextNotice
{
    /// <summary>1970-01-01 [TJD].</summary>
    private const int UnixEpochTjd = 587;

    private const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>Null for text that is no notice.</summary>
    public static GcnNotice? Read(string text)
    {
        var fields = Fields(text);
        if (FreeText.Clean(fields.GetValueOrDefault("NOTICE_TYPE"), GcnText.LongestName) is not { } kind)
        {
            return null;
        }

        return new()
        {
            Kind = kind,
            Mission = GcnText.Mission(Title().Match(fields.GetValueOrDefault("TITLE") ?? "") is { Success: true } title ? title.Groups["mission"].Value : null),
            EventId = EventId(fields),
            Names = GcnText.Name((fields.GetValueOrDefault("SOURCE_NAME") ?? fields.GetValueOrDefault("OBJECT_NAME"))?.Split('\n')[0]) is { } source ? [source] : [],
            Version = First(fields, "SEQUENCE_NUM", "REVISION"),
            Type = GcnText.Type(kind),
            IsTest = kind.Contains("test", StringComparison.OrdinalIgnoreCase) || (First(fields, "TRIGGER_NUM") is ['M', 'S', ..]),
            IsUtility = kind.Contains("pointing dir", StringComparison.OrdinalIgnoreCase),
            IssuedMicroseconds = Issued(fields.GetValueOrDefault("NOTICE_DATE")),
            EventMicroseconds = EventTime(fields),
            Position = Position(fields),
        };
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        foreach (var line in text.Split('\n'))
        {
            if (KeyAndValue().Match(line) is { Success: true } match)
            {
                key = match.Groups["key"].Value;
                key = fields.TryAdd(key, match.Groups["value"].Value) ? key : null;
            }
            else if (key is not null)
            {
                // The other epochs of a position, each on its own line.
                fields[key] += "\n" + line;
            }
        }

        return fields;
    }

    /// <summary>IceCube counts events in a run; all others count triggers.</summary>
    private static string? EventId(Dictionary<string, string> fields) =>
        First(fields, "RUN_NUM") is { } run && First(fields, "EVENT_NUM") is { } number ? $"{run}_{number}" : First(fields, "TRIGGER_NUM", "EVENT_NUM", "TRIGGER_ID", "TGT_NUM");

    private static string? First(Dictionary<string, string> fields, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (fields.TryGetValue(key, out var value) && GcnText.Name(value.Split(',', '\n', ' ')[0]) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    private static long? Issued(string? text) =>
        text?.Trim() is { Length: > 4 } date && DateTime.TryParseExact(
            date[4..].Replace(" UT", "", StringComparison.Ordinal), ["d MMM yy HH:mm:ss", "dd MMM yy HH:mm:ss"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite, out var issued)
            ? (issued - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;

    private static long? EventTime(Dictionary<string, string> fields)
    {
        foreach (var (key, value) in fields)
        {
            if (key.EndsWith("_DATE", StringComparison.Ordinal)
                && Tjd().Match(value) is { Success: true } day
                && fields.TryGetValue(key[..^"_DATE".Length] + "_TIME", out var time)
                && Sod().Match(time) is { Success: true } second
                && decimal.TryParse(second.Groups["sod"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            {
                var days = int.Parse(day.Groups["tjd"].ValueSpan, CultureInfo.InvariantCulture) - UnixEpochTjd;
                return (days * MicrosecondsPerDay) + (long)(seconds * 1_000_000);
            }
        }

        return null;
    }

    private static GcnPosition? Position(Dictionary<string, string> fields)
    {
        foreach (var (key, value) in fields)
        {
            if (key.EndsWith("_RA", StringComparison.Ordinal)
                && fields.TryGetValue(key[..^"RA".Length] + "DEC", out var declination)
                && Degrees(value) is { } right && Degrees(declination) is { } up)
            {
                var error = fields.TryGetValue(key[..^"RA".Length] + "ERROR", out var text) ? Error().Match(text) : Match.Empty;
                return GcnText.Position(right, up, error.Success ? Number(error, "error") * UnitOf(error.Groups["unit"].Value) : null, Number(error, "percent") / 100);
            }
        }

        return null;
    }

    /// <summary>
    /// The value of epoch J2000 [deg]. A declination was seen whose decimal form had lost the minus that the other form has: then that one counts.
    /// </summary>
    private static double? Degrees(string value) => J2000().Match(value) is { Success: true } match && Number(match, "degrees") is { } degrees
        ? degrees > 0 && match.Groups["sign"].ValueSpan is "-" ? -degrees : degrees
        : null;

    private static double UnitOf(string unit) => unit switch
    {
        "arcmin" => 1 / 60d,
        "arcsec" => 1 / 3600d,
        _ => 1,
    };

    private static double? Number(Match match, string group) =>
        double.TryParse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"^(?<key>[A-Z][A-Z0-9_]*):[ \t]*(?<value>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KeyAndValue();

    [GeneratedRegex(@"^\s*GCN/(?<mission>[\w -]{1,40}?) NOTICE", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();

    [GeneratedRegex(@"(?<tjd>\d{1,6}) TJD", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Tjd();

    [GeneratedRegex(@"(?<sod>\d{1,5}(\.\d{1,9})?) SOD", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Sod();

    [GeneratedRegex(@"(?<degrees>[+-]?\d{1,3}(\.\d+)?)d \{(?<sign>[+-]?)[^}]*\} \(J2000\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex J2000();

    [GeneratedRegex(@"(?<error>\d+(\.\d+)?) \[(?<unit>arcmin|arcsec|deg)[^\]]*?((?<percent>\d+(\.\d+)?)% containment)?\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Error();
}
