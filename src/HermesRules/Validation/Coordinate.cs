using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>
/// Right ascension and declination as Hermes reads them. A plain number is degrees; any other text is tried as hours first, for declination too
/// ("-05:30:00" becomes -82.5), unless it carries its own unit. Published in degrees, with the rounding noise of the conversion. [deg]
/// </summary>
internal static class Coordinate
{
    private const string NotUnderstood = "Must be in a format astropy understands";

    // 15 degrees an hour, as the quotient of two radians comes out in binary: one unit in the last place below 15.
    private const double DegreesAnHour = 14.999999999999998;
    private const double HoursAround = 360 / DegreesAnHour;

    public static Checked RightAscension(object? value)
    {
        if (value is string text && PythonNumber.TryParse(text, out var number))
        {
            return double.IsFinite(number) ? Checked.Ok(Wrap(number, 360)) : Checked.Fail("Value must be finite");
        }

        return Sexagesimal.TryParse(value as string, out var angle, out var inHours)
            ? Checked.Ok(inHours ? Wrap(angle, HoursAround) * DegreesAnHour : Wrap(angle, 360))
            : Checked.Fail(NotUnderstood);
    }

    public static Checked Declination(object? value)
    {
        double angle;
        if (value is string text && PythonNumber.TryParse(text, out var number))
        {
            if (!double.IsFinite(number))
            {
                return Checked.Fail("Dec value must be finite");
            }

            angle = number;
        }
        else if (Sexagesimal.TryParse(value as string, out angle, out var inHours))
        {
            angle *= inHours ? DegreesAnHour : 1;
        }
        else
        {
            return Checked.Fail(NotUnderstood);
        }

        return Math.Abs(angle) <= 90 ? Checked.Ok(angle) : Checked.Fail(NotUnderstood);
    }

    private static double Wrap(double angle, double around) =>
        angle >= 0 && angle < around ? angle : angle - (Math.Floor(angle / around) * around);
}
