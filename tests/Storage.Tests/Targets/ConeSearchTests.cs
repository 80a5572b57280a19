using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.Tests.Targets;

public sealed class ConeSearchTests
{
    /// <summary>Centres anywhere, often at a pole or at 0 h; radii from an arcsecond to the whole sky; a place that is often about so far away.</summary>
    private static readonly Arbitrary<(double Ra, double Dec, double Radius, double PlaceRa, double PlaceDec)> Cones = (
        from ra in Gen.OneOf(Fraction.Select(f => f * 360), Gen.Elements(0, 1e-9, 359.999999, 180))
        from dec in Gen.OneOf(Fraction.Select(f => (f * 180) - 90), Gen.Elements(-90, 90, -89.9999, 89.9, 0))
        from exponent in Fraction
        let radius = Math.Pow(10, (exponent * 5.8) - 3.55)
        from towards in Fraction
        from share in Fraction
        from anywhere in Gen.Elements(true, false, false)
        from farRa in Fraction
        from farDec in Fraction
        let near = Moved(ra, dec, towards * 360, Math.Min(180, radius * share * 1.1))
        select anywhere ? (ra, dec, radius, farRa * 359.99999, (farDec * 180) - 90) : (ra, dec, radius, near.Ra, near.Dec)).ToArbitrary();

    private static Gen<double> Fraction => Gen.Choose(0, 1_000_000).Select(number => number / 1_000_000.0);

    [Property(MaxTest = 5_000)]
    public Property What_is_in_the_cone_is_in_a_window_and_no_farther_than_the_radius() => Prop.ForAll(Cones, given =>
    {
        var radius = Math.Min(given.Radius, 180);
        var cone = new ConeSearch(given.Ra, given.Dec, radius);
        var separation = cone.SeparationTo(given.PlaceRa, given.PlaceDec);
        var brute = VectorSeparation(given.Ra, given.Dec, given.PlaceRa, given.PlaceDec);
        var ra = ConeSearch.NormaliseRightAscension(given.PlaceRa);
        var isInWindow = cone.Windows.Any(window => window.Zone == ConeSearch.Zone(given.PlaceDec) && ra >= window.FromRightAscension && ra <= window.ToRightAscension);
        return (Math.Abs(separation - brute) < 2e-6 && (brute > radius - 1e-9 || isInWindow)).Label($"separation {separation}, brute force {brute}, in a window: {isInWindow}");
    });

    private static (double Ra, double Dec) Moved(double ra, double dec, double towards, double by)
    {
        var (d, t, b) = (double.DegreesToRadians(dec), double.DegreesToRadians(towards), double.DegreesToRadians(by));
        var sine = Math.Clamp((Math.Sin(d) * Math.Cos(b)) + (Math.Cos(d) * Math.Sin(b) * Math.Cos(t)), -1, 1);
        var turn = Math.Atan2(Math.Sin(t) * Math.Sin(b) * Math.Cos(d), Math.Cos(b) - (Math.Sin(d) * sine));
        return (ConeSearch.NormaliseRightAscension(ra + double.RadiansToDegrees(turn)), double.RadiansToDegrees(Math.Asin(sine)));
    }

    /// <summary>Another formula than the one under test: the angle between unit vectors.</summary>
    private static double VectorSeparation(double ra1, double dec1, double ra2, double dec2)
    {
        static (double X, double Y, double Z) Unit(double ra, double dec)
        {
            var (r, d) = (double.DegreesToRadians(ra), double.DegreesToRadians(dec));
            return (Math.Cos(d) * Math.Cos(r), Math.Cos(d) * Math.Sin(r), Math.Sin(d));
        }

        var (a, b) = (Unit(ra1, dec1), Unit(ra2, dec2));
        var cross = (X: (a.Y * b.Z) - (a.Z * b.Y), Y: (a.Z * b.X) - (a.X * b.Z), Z: (a.X * b.Y) - (a.Y * b.X));
        var sine = Math.Sqrt((cross.X * cross.X) + (cross.Y * cross.Y) + (cross.Z * cross.Z));
        return double.RadiansToDegrees(Math.Atan2(sine, (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z)));
    }
}
