using System.Globalization;
using System.Text.RegularExpressions;

namespace TomOrleans.Sandbox.Hermes.Validation;

/// <summary>
/// Which texts Hermes' lenient date reader takes for a date. Not all its oddities, but the forms clients send: ISO with or without zone and blanks,
/// compact ISO, day/month/year either way round, month names, weekdays, a time alone. A leap second, 24:00 and 30 February are no dates.
/// </summary>
internal static partial class DateText
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static bool IsDate(string text)
    {
        if (OverlongNumber().IsMatch(text))
        {
            throw new HermesCrashException("a date with a number beyond 64 bits");
        }

        if (Compact().Match(text) is { Success: true } compact)
        {
            return IsDay(compact, "yyyyMMdd") && IsTime(compact);
        }

        if (Clock().Match(text) is not { Success: true } clock)
        {
            return IsDay(text);
        }

        var day = text[..clock.Index].Trim().TrimEnd('T', 't', ',').Trim();
        var after = text[(clock.Index + clock.Length)..].Trim();
        return IsTime(clock)
            && (day.Length == 0 || IsDay(day))
            && (after.Length == 0 || Zone().IsMatch(after) || (day.Length == 0 && IsDay(after)));
    }

    private static bool IsDay(string text)
    {
        var plain = Weekday().Replace(text, "").Trim();
        if (plain.Length == 0)
        {
            return text.Length > 0;
        }

        return Iso().Match(plain) is { Success: true } iso ? IsDay(iso)
            : Slashed().Match(plain) is { Success: true } slashed ? IsDay(slashed) || IsSwappedDay(slashed)
            : Named().Match(plain) is { Success: true } named && IsNamedDay(named);
    }

    private static bool IsDay(Match match) =>
        IsDay(Whole(match, "y"), Whole(match, "m"), match.Groups["d"].Success ? Whole(match, "d") : 1);

    private static bool IsSwappedDay(Match match) => IsDay(Whole(match, "y"), Whole(match, "d"), Whole(match, "m"));

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool IsDay(Match match, string format) =>
        DateTime.TryParseExact(match.Groups["date"].Value, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsNamedDay(Match match)
    {
        var month = Array.FindIndex(Months, m => match.Groups["name"].Value.StartsWith(m, StringComparison.OrdinalIgnoreCase)) + 1;
        return IsDay(match.Groups["y"].Success ? Whole(match, "y") : 2000, month, match.Groups["d"].Success ? Whole(match, "d") : 1);
    }

    private static bool IsTime(Match match) =>
        Whole(match, "hour") < 24 && Whole(match, "minute") < 60 && (!match.Groups["second"].Success || Whole(match, "second") < 60);

    private static int Whole(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const string NamePattern =
        "(?<name>jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)";

    [GeneratedRegex("[0-9]{20}")]
    private static partial Regex OverlongNumber();

    [GeneratedRegex("^(?<date>[0-9]{8})T?(?<hour>[0-9]{2})(?<minute>[0-9]{2})((?<second>[0-9]{2})([.,][0-9]+)?)?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?$")]
    private static partial Regex Compact();

    [GeneratedRegex("(?<![0-9])(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2})(:(?<second>[0-9]{1,2})([.,][0-9]+)?)?(?![0-9:])( ?[ap]m\\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex("^([A-Za-z]{1,5}|([A-Z]{3})?[+-][0-9]{1,2}(:?[0-9]{2})?( ?\\([A-Za-z]+\\))?)$")]
    private static partial Regex Zone();

    [GeneratedRegex("^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\\b[ ,]*", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();

    [GeneratedRegex("^(?<y>[0-9]{4})[-/. ](?<m>[0-9]{1,2})([-/. ](?<d>[0-9]{1,2}))?$")]
    private static partial Regex Iso();

    [GeneratedRegex("^(?<m>[0-9]{1,2})[-/. ](?<d>[0-9]{1,2})[-/. ](?<y>[0-9]{4})$")]
    private static partial Regex Slashed();

    [GeneratedRegex("^(((?<y>[0-9]{4})[-/ ])?((?<d>[0-9]{1,2})(st|nd|rd|th)?( of)?[-/ ])?" + NamePattern
        + "|((?<y>[0-9]{4})[-/ ])?" + NamePattern + "\\.?[-/ ]*(?<d>[0-9]{1,2})(st|nd|rd|th)?)(\\.?,?[-/ ]+(?<y>[0-9]{4}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
