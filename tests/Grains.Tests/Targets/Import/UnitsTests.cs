using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

/// <summary>A number is in the unit that its column or row states, or is not read.</summary>
public sealed class UnitsTests
{
    [Theory]
    [InlineData("uJy", "nJy", 0.005)]
    [InlineData("uJy", "uJy", 5)]
    [InlineData("nJy", "mJy", 5_000_000)]
    public void An_error_of_a_flux_is_turned_into_the_unit_of_the_flux(string flux, string error, double expected)
    {
        var point = Reading.Point(Ecsv("flux", flux, "flux_err", error, "120", "5"));

        Assert.Equal(120, point.Brightness);
        Assert.Equal(expected, point.BrightnessError!.Value, 9);
    }

    [Theory]
    [InlineData("flux", "uJy", "flux_err", "mag", "fluxerror is in mag, and flux in uJy")]
    [InlineData("flux", "uJy", "flux_err", "electron/s", "'electron/s' is not a unit")]
    [InlineData("mag", "mag", "mag_err", "uJy", "magnitudeerror is in uJy, and magnitude in mag")]
    [InlineData("mag", "mag", "mag_err", "mmag", "'mmag' is not a unit")]
    [InlineData("mag", "mag(ST)", "mag_err", "mag", "'mag(ST)' is not a unit")]
    [InlineData("mag", "electron/s", "mag_err", "mag", "'electron/s' is not a unit")]
    [InlineData("flux", "electron/s", "flux_err", "electron/s", "'electron/s' is not a unit")]
    [InlineData("limit", "mag(ST)", "observer", "", "'mag(ST)' is not a unit")]
    public void A_unit_that_is_not_known_or_does_not_fit_is_refused_as_in_a_row(string value, string unit, string error, string errorUnit, string why)
    {
        var text = Ecsv(value, unit, error, errorUnit, "18", "1");

        Assert.Contains(why, Reading.Reason(text), StringComparison.Ordinal);
        Assert.Contains(why, Reading.Reason(text, defaults: Reading.Defaults with { Unit = BrightnessUnit.Microjansky }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AB mag", "mag")]
    [InlineData("mag(AB)", "mag(AB)")]
    [InlineData("ABmag", "")]
    public void An_error_of_a_magnitude_may_be_in_any_magnitudes(string unit, string error)
    {
        var point = Reading.Point(Ecsv("mag", unit, "mag_err", error, "18.5", "0.1"));

        Assert.Equal((18.5, 0.1, BrightnessUnit.AbMagnitude), (point.Brightness, point.BrightnessError, point.BrightnessUnit));
    }

    [Fact]
    public void Dashes_state_no_unit() => Assert.Equal(BrightnessUnit.Magnitude, Reading.Point(Ecsv("mag", "'---'", "mag_err", "'-'", "18.5", "0.1")).BrightnessUnit);

    [Theory]
    [InlineData("flux (mJy)", BrightnessUnit.Millijansky)]
    [InlineData("flux_mjy", BrightnessUnit.Millijansky)]
    [InlineData("FLUX_UJY", BrightnessUnit.Microjansky)]
    [InlineData("flux (nJy)", BrightnessUnit.Nanojansky)]
    public void A_name_tells_its_unit(string name, BrightnessUnit unit) => Assert.Equal(unit, Reading.Point($"mjd,filter,{name}\n58000,r,15\n").BrightnessUnit);

    [Theory]
    [InlineData("flux (MJy)", "MJy")]
    [InlineData("FLUX_MJY", "MJY")]
    public void A_capital_m_is_never_milli(string name, string unit) => Assert.Contains($"'{unit}' is not a unit of brightness", Reading.Reason($"mjd,filter,{name}\n58000,r,15\n"), StringComparison.Ordinal);

    [Fact]
    public void Exposures_are_in_seconds_or_refused()
    {
        Assert.Equal(30, Reading.Point(Ecsv("mag", "mag", "exptime", "s", "18.5", "30")).ExposureSeconds);
        Assert.Contains("exposures are read in seconds; these are in 'min'", Reading.Reason(Ecsv("mag", "mag", "exptime", "min", "18.5", "30")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_brightness_without_unit_is_not_taken_for_a_magnitude()
    {
        const string Text = "mjd,filter,brightness\n58000,r,15\n";

        Assert.Contains("could be a magnitude or a flux", Reading.Reason(Text), StringComparison.Ordinal);
        Assert.Equal(BrightnessUnit.Nanojansky, Reading.Point(Text, defaults: Reading.Defaults with { Unit = BrightnessUnit.Nanojansky }).BrightnessUnit);
    }

    private static string Ecsv(string value, string unit, string other, string otherUnit, string cell, string otherCell)
    {
        static string Unit(string unit) => unit.Length > 0 ? $", unit: {unit}" : "";
        return $"# %ECSV 1.0\n# ---\n# datatype:\n# - {{name: mjd, unit: d, datatype: float64}}\n# - {{name: filter, datatype: string}}\n# - {{name: {value}{Unit(unit)}, datatype: float64}}\n"
            + $"# - {{name: {other}{Unit(otherUnit)}, datatype: float64}}\n# schema: astropy-2.0\nmjd filter {value} {other}\n60000 g {cell} {otherCell}\n";
    }
}
