using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>
/// Hermes' one rule for all dates. What Python takes for a number must be a JD (2400000..2600000) or an MJD (1000..150000, although the refusal
/// speaks of 15000), bounds excluded; all else must be a date in words. The text is passed on as it came. [d, scale unstated]
/// </summary>
internal static class DateRule
{
    public static Checked Check(object? value)
    {
        if (value is not string text)
        {
            throw new HermesCrashException("a date that is null");
        }

        if (PythonNumber.TryParse(text, out var days))
        {
            return days is (> 2400000 and < 2600000) or (> 1000 and < 150000)
                ? Checked.Ok(text)
                : Checked.Fail($"Date {PythonNumber.Repr(days)} in JD format must be within bounds of 2400000 to 2600000, "
                    + "and in MJD format within bounds of 15000 to 150000.");
        }

        return DateText.IsDate(text)
            ? Checked.Ok(text)
            : Checked.Fail($"{text} does not parse with dateutil.parser.parse. Please specify the date in a standard format or as a JD.");
    }
}
