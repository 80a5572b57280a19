namespace TomOrleans.Storage.Targets;

/// <summary>A stretch of one declination zone, both ends included [deg].</summary>
internal readonly record struct ZoneWindow(int Zone, double FromRightAscension, double ToRightAscension);

/// <summary>A target's place [deg].</summary>
internal readonly record struct TargetPlace(long Id, double RightAscension, double Declination);

/// <summary>
/// A circle on the sky as windows of declination zones, which hold every place in the circle and some around it, and the exact test for these. Angles in degrees.
/// The zones: Gray, Szalay et al. 2006, "The Zones Algorithm for Finding Points-Near-a-Point", MSR-TR-2006-52.
/// </summary>
internal sealed class ConeSearch
{
    private const double ZoneHeight = 0.5;

    // Far above rounding, far below what anybody asks for: 0.4 mas.
    private const double Margin = 1e-7;

    private readonly double _ra;
    private readonly double _dec;

    public ConeSearch(double rightAscension, double declination, double radius)
    {
        if (!double.IsFinite(rightAscension) || !(Math.Abs(declination) <= 90) || !(radius is >= 0 and <= 180))
            throw new StorageException("A cone needs a finite right ascension, a declination from -90 to 90 and a radius from 0 to 180 degrees.");
        (_ra, _dec) = (NormaliseRightAscension(rightAscension), declination);
        Windows = FindWindows(_ra, _dec, radius + Margin);
    }

    public IReadOnlyList<ZoneWindow> Windows { get; }

    public static int Zone(double declination) => (int)Math.Floor((declination + 90) / ZoneHeight);

    /// <summary>Into 0 (included) to 360 (excluded).</summary>
    public static double NormaliseRightAscension(double rightAscension)
    {
        var turned = rightAscension % 360;
        if (turned < 0)
            turned += 360;

        // A tiny negative angle rounds up to 360 itself.
        return turned >= 360 ? 0 : turned;
    }

    /// <summary>Haversine: exact for small angles, and good to 1e-6 deg at the antipode.</summary>
    public double SeparationTo(double rightAscension, double declination)
    {
        var sinDec = Math.Sin(double.DegreesToRadians(declination - _dec) / 2);
        var sinRa = Math.Sin(double.DegreesToRadians(rightAscension - _ra) / 2);
        var h = (sinDec * sinDec) + (Math.Cos(double.DegreesToRadians(_dec)) * Math.Cos(double.DegreesToRadians(declination)) * sinRa * sinRa);
        return double.RadiansToDegrees(2 * Math.Asin(Math.Min(1, Math.Sqrt(h))));
    }

    private static List<ZoneWindow> FindWindows(double ra, double dec, double radius)
    {
        var windows = new List<ZoneWindow>();
        var halfWidth = HalfWidth(dec, radius);
        for (var zone = Zone(Math.Max(-90, dec - radius)); zone <= Zone(Math.Min(90, dec + radius)); zone++)
        {
            if (halfWidth >= 180)
            {
                windows.Add(new(zone, 0, 360));
                continue;
            }

            windows.Add(new(zone, Math.Max(0, ra - halfWidth), Math.Min(360, ra + halfWidth)));
            if (ra - halfWidth < 0)
                windows.Add(new(zone, ra - halfWidth + 360, 360));
            if (ra + halfWidth > 360)
                windows.Add(new(zone, 0, ra + halfWidth - 360));
        }

        return windows;
    }

    /// <summary>The furthest that a place in the circle can be from its centre in right ascension; all the way round when a pole is inside.</summary>
    private static double HalfWidth(double dec, double radius)
    {
        if (Math.Abs(dec) + radius >= 90)
            return 180;
        return double.RadiansToDegrees(Math.Asin(Math.Sin(double.DegreesToRadians(radius)) / Math.Cos(double.DegreesToRadians(dec)))) + Margin;
    }
}
