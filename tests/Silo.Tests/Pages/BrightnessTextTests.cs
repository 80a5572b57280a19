using TomOrleans.Silo.Pages.Text;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Pages;

public sealed class BrightnessTextTests
{
    [Theory]
    [InlineData(18.1234, 0.0213, "18.123 ± 0.021")]
    [InlineData(18.1, 0.2, "18.10 ± 0.20")]
    [InlineData(18.123456, 0.0012, "18.1235 ± 0.0012")]
    [InlineData(18.123456, 0.00001, "18.1235 ± 0.0000")]
    [InlineData(18.5, 1.5, "18.50 ± 1.50")]
    [InlineData(18.5, 0.0, "18.5 ± 0")]
    [InlineData(0.0, 0.02, "0.000 ± 0.020")]
    public void A_magnitude_has_the_places_that_two_digits_of_its_error_need(double value, double error, string text) =>
        Assert.Equal(text, BrightnessText.Value(value, error, BrightnessUnit.AbMagnitude));

    [Theory]
    [InlineData(18.5, "18.5")]
    [InlineData(-26.74, "-26.74")]
    [InlineData(0, "0")]
    public void A_magnitude_without_error_is_shown_as_given(double value, string text) =>
        Assert.Equal(text, BrightnessText.Value(value, null, BrightnessUnit.Magnitude));

    [Theory]
    [InlineData(123.456, 12.3, "123 ± 12")]
    [InlineData(1234.5, 120, "1234 ± 120")]
    [InlineData(0.0456, 0.0031, "0.0456 ± 0.0031")]
    [InlineData(-3.21, 1.1, "-3.2 ± 1.1")]
    [InlineData(1.234e-16, 3.1e-18, "(1.234 ± 0.031)e-16")]
    [InlineData(2.5e7, 1e5, "(2.500 ± 0.010)e7")]
    public void A_flux_has_as_many_places_and_a_power_of_ten_where_it_is_very_large_or_small(double value, double error, string text) =>
        Assert.Equal(text, BrightnessText.Value(value, error, BrightnessUnit.Microjansky));

    [Fact]
    public void A_flux_without_error_keeps_its_digits()
    {
        Assert.Equal("0.02", BrightnessText.Value(0.02, null, BrightnessUnit.Millijansky));
        Assert.Equal("1.5e-17", BrightnessText.Value(1.5e-17, null, BrightnessUnit.FluxPerAngstrom));
        Assert.Equal("0", BrightnessText.Value(0, null, BrightnessUnit.Nanojansky));
    }

    [Fact]
    public void A_limit_is_fainter_than_a_magnitude_and_less_than_a_flux()
    {
        Assert.Equal("> 20.5 mag (AB)", BrightnessText.Of(Points.Limit(20.5, BrightnessUnit.AbMagnitude)));
        Assert.Equal("< 3.2 µJy", BrightnessText.Of(Points.Limit(3.2, BrightnessUnit.Microjansky)));
        Assert.Equal("18.20 ± 0.10 mag (Vega)", BrightnessText.Of(Points.Detection(18.2, 0.1, unit: BrightnessUnit.VegaMagnitude)));
    }
}
