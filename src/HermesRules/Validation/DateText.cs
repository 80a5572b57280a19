using System.Globalization;
using System.Text.RegularExpressions;

namespace TomOrleans.HermesRules.Validation;

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

        var clock = Clock().Match(text);
        clock = clock.Success ? clock : HourWords().Match(text);
        clock = clock.Success ? clock : AfterT().Match(text);
        if (!clock.Success)
        {
            return IsDay(text);
        }

        var day = At().Replace(text[..clock.Index].Trim(), "");
        if (day is [.., 'T' or 't'])
        {
            day = day[..^1].TrimEnd();
            if (day.Length > 0 && !char.IsAsciiDigit(day[^1]))
            {
                return false;
            }
        }

        day = day.TrimEnd(',').Trim();
        var after = text[(clock.Index + clock.Length)..].Trim();
        return IsTime(clock)
            && (day.Length == 0 || IsDay(day) || IsShortDay(day))
            && (after.Length == 0 || Zone().IsMatch(after) || (day.Length == 0 && IsDay(after)) || (day.Any(char.IsAsciiLetter) && Year().IsMatch(after)));
    }

    /// <summary>With a time beside it, six digits and a year alone are days too; without one they are numbers.</summary>
    private static bool IsShortDay(string text) =>
        Year().IsMatch(text)
        || (Eight().Match(text) is { Success: true } eight && IsDay(eight, "yyyyMMdd"))
        || (Six().Match(text) is { Success: true } six && IsDay(six, "yyMMdd"));

    private static bool IsDay(string text)
    {
        var plain = Weekday().Replace(text, "").Trim();
        if (plain.Length == 0)
        {
            return text.Length > 0;
        }

        return Iso().Match(plain) is { Success: true } iso ? IsDay(iso)
            : Slashed().Match(plain) is { Success: true } slashed ? IsDay(slashed) || IsSwappedDay(slashed)
            : OfTwo().Match(plain) is { Success: true } short2 ? IsDay(2000, Whole(short2, "a"), Whole(short2, "b")) || IsDay(2000, Whole(short2, "b"), Whole(short2, "a"))
            : OfThree().Match(plain) is { Success: true } short3 ? IsAnyDay(Whole(short3, "a"), Whole(short3, "b"), Whole(short3, "c"))
            : MonthAndYear().Match(plain) is { Success: true } ofYear ? IsDay(Whole(ofYear, "y"), Whole(ofYear, "m"), 1)
            : Named().Match(plain) is { Success: true } named && IsNamedDay(named);
    }

    private static bool IsDay(Match match) =>
        IsDay(Whole(match, "y"), Whole(match, "m"), match.Groups["d"].Success ? Whole(match, "d") : 1);

    private static bool IsSwappedDay(Match match) => IsDay(Whole(match, "y"), Whole(match, "d"), Whole(match, "m"));

    /// <summary>Three short numbers: some order of day, month and year must do.</summary>
    private static bool IsAnyDay(int a, int b, int c) =>
        IsDay(2000 + c, a, b) || IsDay(2000 + c, b, a) || IsDay(2000 + a, b, c) || IsDay(2000 + a, c, b) || IsDay(2000 + b, a, c) || IsDay(2000 + b, c, a);

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
        Whole(match, "hour") < (match.Groups["half"].Success ? 13 : 24)
        && (!match.Groups["minute"].Success || Whole(match, "minute") < 60)
        && (!match.Groups["second"].Success || Whole(match, "second") < 60);

    private static int Whole(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const string NamePattern =
        "(?<name>jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)";

    [GeneratedRegex("[0-9]{20}")]
    private static partial Regex OverlongNumber();

    [GeneratedRegex("^(?<date>[0-9]{8})T?(?<hour>[0-9]{2})(?<minute>[0-9]{2})((?<second>[0-9]{2})([.,][0-9]+)?)?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?$")]
    private static partial Regex Compact();

    [GeneratedRegex("(?<![0-9])(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2})(:(?<second>[0-9]{1,2})([.,][0-9]+|\\.(?![0-9A-Za-z]))?)?(?![0-9:])( ?(?<half>[ap]m)\\b)?", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex("(?<![0-9:.])((?<hour>[0-9]{1,2}) ?(?<half>[ap]m)\\b|(?<hour>[0-9]{1,2})h((?<minute>[0-9]{1,2})m?((?<second>[0-9]{1,2})([.,][0-9]+)?s?)?)?(?![0-9A-Za-z]))", RegexOptions.IgnoreCase)]
    private static partial Regex HourWords();

    [GeneratedRegex("(?<=[0-9][Tt])(?<hour>[0-9]{2})((?<minute>[0-9]{2})((?<second>[0-9]{2})([.,][0-9]+)?)?)?(?![0-9:])")]
    private static partial Regex AfterT();

    [GeneratedRegex("(^| +)at$", RegexOptions.IgnoreCase)]
    private static partial Regex At();

    [GeneratedRegex("^[0-9]{4}$")]
    private static partial Regex Year();

    [GeneratedRegex("^(?<date>[0-9]{6})$")]
    private static partial Regex Six();

    [GeneratedRegex("^(?<date>[0-9]{8})$")]
    private static partial Regex Eight();

    [GeneratedRegex("^(?<a>[0-9]{1,2})[-/](?<b>[0-9]{1,2})$")]
    private static partial Regex OfTwo();

    [GeneratedRegex("^(?<a>[0-9]{1,2})(?<dash>[-/. ])(?<b>[0-9]{1,2})\\k<dash>(?<c>[0-9]{1,2})$")]
    private static partial Regex OfThree();

    [GeneratedRegex("^(?<m>[0-9]{1,2})[-/](?<y>[0-9]{4})$")]
    private static partial Regex MonthAndYear();

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
