using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

/// <summary>What is turned into another unit to be looked at comes back as what it was.</summary>
public sealed class UnitConversionTests
{
    private const double Close = 1e-9;
    private static readonly BrightnessUnit[] Janskys = [BrightnessUnit.Nanojansky, BrightnessUnit.Microjansky, BrightnessUnit.Millijansky, BrightnessUnit.Jansky];

    private static Gen<double> Magnitudes => Gen.Choose(-35_000_000, 60_000_000).Select(number => number / 1e6);

    /// <summary>From 1e-12 to 1e12.</summary>
    private static Gen<double> Fluxes => Gen.Choose(-12_000_000, 12_000_000).Select(number => Math.Pow(10, number / 1e6));

    [Property]
    public Property A_magnitude_comes_back_from_its_flux() =>
        Prop.ForAll(Magnitudes.ToArbitrary(), magnitude => Math.Abs(AbZeroPoint.ToMagnitude(AbZeroPoint.ToFlux(magnitude)) - magnitude) < Close);

    [Property]
    public Property A_flux_comes_back_from_its_magnitude() =>
        Prop.ForAll(Fluxes.ToArbitrary(), flux => AreClose(AbZeroPoint.ToFlux(AbZeroPoint.ToMagnitude(flux)), flux));

    [Property]
    public Property A_flux_of_a_zero_point_has_the_magnitude_that_it_says() => Prop.ForAll(Fluxes.ToArbitrary(), Magnitudes.ToArbitrary(), (flux, zeroPoint) =>
        Math.Abs(AbZeroPoint.ToMagnitude(flux * AbZeroPoint.ToMicrojansky(zeroPoint)) - (zeroPoint - (2.5 * Math.Log10(flux)))) < Close);

    [Property]
    public Property Janskys_and_their_parts_come_back_from_each_other() => Prop.ForAll(Fluxes.ToArbitrary(), Gen.Elements(Janskys).ToArbitrary(), Gen.Elements(Janskys).ToArbitrary(), (flux, one, other) =>
        AreClose(flux * BrightnessView.Ratio(one, other)!.Value * BrightnessView.Ratio(other, one)!.Value, flux)
        && AreClose(BrightnessView.AsFlux(Point(flux, null, one))!.Brightness!.Value, flux * BrightnessView.Ratio(one, BrightnessUnit.Microjansky)!.Value));

    /// <summary>Errors of less than a third of the flux: others are shown as limits.</summary>
    [Property]
    public Property A_point_comes_back_with_its_error() => Prop.ForAll(Magnitudes.ToArbitrary(), Gen.Choose(0, 350).Select(number => number / 1e3).ToArbitrary(), (magnitude, error) =>
        BrightnessView.AsMagnitude(BrightnessView.AsFlux(Point(magnitude, error, BrightnessUnit.AbMagnitude))!) is { BrightnessUnit: BrightnessUnit.AbMagnitude } back
        && Math.Abs(back.Brightness!.Value - magnitude) < Close && Math.Abs(back.BrightnessError!.Value - error) < Close);

    [Fact]
    public void What_depends_on_the_filter_is_turned_into_nothing()
    {
        foreach (var unit in (BrightnessUnit[])[BrightnessUnit.Magnitude, BrightnessUnit.VegaMagnitude, BrightnessUnit.FluxPerAngstrom])
        {
            Assert.Null(BrightnessView.AsFlux(Point(18, 0.1, unit)));
            Assert.All(Janskys, jansky => Assert.Null(BrightnessView.Ratio(unit, jansky)));
            Assert.All(Janskys, jansky => Assert.Null(BrightnessView.Ratio(jansky, unit)));
        }
    }

    [Fact]
    public void A_unit_is_read_as_it_is_written() => Assert.All(Enum.GetValues<BrightnessUnit>(), unit => Assert.Equal(unit, UnitNames.Read(UnitNames.Of(unit))));

    private static bool AreClose(double one, double other) => Math.Abs(one - other) <= Close * Math.Abs(other);

    private static PhotometryPoint Point(double value, double? error, BrightnessUnit unit) => PointBuilder.Point with { Brightness = value, BrightnessError = error, BrightnessUnit = unit };
}
