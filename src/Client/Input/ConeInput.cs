using TomOrleans.Targets;

namespace TomOrleans.Client.Input;

/// <summary>
/// A circle on the sky: <c>RA,DEC,RADIUS</c> or <c>NAME,RADIUS</c>. Degrees, or sexagesimal (then RA is in hours): <c>05:34:31.9,+22:00:52,0.1</c>. The radius is
/// in degrees or says its unit: <c>5arcmin</c>, <c>10arcsec</c>.
/// </summary>
/// <param name="Cone">Around a position.</param>
/// <param name="Around">Around a target.</param>
internal sealed record ConeInput(Cone? Cone, TargetVicinity? Around)
{
    public const string Allowed = "RA,DEC,RADIUS or NAME,RADIUS in degrees (83.63,22.01,0.1) or sexagesimal (05:34:31.9,+22:00:52,5arcmin)";

    public static bool TryParse(string text, out ConeInput? input)
    {
        input = null;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length < 2 || !AngleInput.TryRadius(parts[^1], out var radius))
        {
            return false;
        }

        if (parts.Length == 3 && AngleInput.TryRightAscension(parts[0], out var rightAscension) && AngleInput.TryDeclination(parts[1], out var declination))
        {
            input = new(new(rightAscension, declination, radius), null);
            return true;
        }

        // A name has letters; what has none was meant as a position, and is none.
        var name = text[..text.LastIndexOf(',')].Trim();
        input = name.Any(char.IsLetter) && !(parts.Length == 3 && (AngleInput.TryRightAscension(parts[0], out _) || AngleInput.TryDeclination(parts[1], out _))) ? new(null, new(name, radius)) : null;
        return input is not null;
    }
}
