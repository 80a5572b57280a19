using System.Globalization;
using System.Text.RegularExpressions;

namespace TomOrleans.HermesRules.Validation;

/// <summary>Angles written in parts: <c>10:20:30.5</c>, <c>10 20</c>, <c>10h20m30s</c> (hours), <c>150d30m00s</c>, <c>20°30'00"</c>, <c>150.5 deg</c> (degrees).</summary>
internal static partial class Sexagesimal
{
    /// <summary>A text without a unit counts as hours. The Unicode minus is a sign here, which makes "−10" ten hours below zero.</summary>
    public static bool TryParse(string? text, out double angle, out bool inHours)
    {
        angle = 0;
        inHours = true;
        var plain = (text ?? "").Trim().Replace('\u2212', '-');
        var match = Bare().Match(plain);
        if (!match.Success)
        {
            match = WithUnits().Match(plain);
            inHours = match.Groups["h"].Success;
        }

        if (!match.Success)
        {
            return false;
        }

        var (first, minutes, seconds) = (Part(match, 1), Part(match, 2), Part(match, 3));
        angle = first + (minutes / 60) + (seconds / 3600);
        angle = plain.StartsWith('-') ? -angle : angle;
        return minutes <= 60 && seconds <= 60 && (!inHours || first <= 24);
    }

    private static double Part(Match match, int group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^[+-]?(?<1>[0-9]+(\\.[0-9]*)?)([: ](?<2>[0-9]+(\\.[0-9]*)?)([: ](?<3>[0-9]+(\\.[0-9]*)?))?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Bare();

    [GeneratedRegex("^[+-]?(?<1>[0-9]+(\\.[0-9]*)?) ?((?<h>h|hour)|deg|d|\u00B0)( ?(?<2>[0-9]+(\\.[0-9]*)?) ?[m'\u2032]( ?(?<3>[0-9]+(\\.[0-9]*)?) ?[s\"\u2033])?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex WithUnits();
}
