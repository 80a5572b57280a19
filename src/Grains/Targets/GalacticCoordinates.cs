namespace TomOrleans.Grains.Targets;

/// <summary>
/// Galactic longitude and latitude of a place on the sky, by the rotation from ICRS that the Hipparcos catalogue defines (ESA SP-1200, volume 1, section 1.5.3): pole at
/// 192.85948, +27.12825 deg, longitude of the ascending node 32.93192 deg. Pure.
/// </summary>
public static class GalacticCoordinates
{
    private const double PoleRightAscension = 192.85948;
    private const double PoleDeclination = 27.12825;

    /// <summary>Galactic longitude of the north celestial pole [deg]: 90 more than that of the node.</summary>
    private const double CelestialPoleLongitude = 122.93192;

    /// <param name="rightAscension">[deg, ICRS]</param>
    /// <param name="declination">[deg, ICRS]</param>
    /// <returns>Longitude 0 to 360 and latitude [deg].</returns>
    public static (double Longitude, double Latitude) Of(double rightAscension, double declination)
    {
        var (sinDec, cosDec) = Math.SinCos(double.DegreesToRadians(declination));
        var (sinPole, cosPole) = Math.SinCos(double.DegreesToRadians(PoleDeclination));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(rightAscension - PoleRightAscension));
        var latitude = Math.Asin(Math.Clamp((sinDec * sinPole) + (cosDec * cosPole * cosRa), -1, 1));
        var fromPole = Math.Atan2(cosDec * sinRa, (sinDec * cosPole) - (cosDec * sinPole * cosRa));
        var longitude = (CelestialPoleLongitude - double.RadiansToDegrees(fromPole)) % 360;
        return (longitude < 0 ? longitude + 360 : longitude, double.RadiansToDegrees(latitude));
    }
}
