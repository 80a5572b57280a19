using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class PhotometryRowsTests
{
    [Fact]
    public void A_point_comes_back_from_its_row_as_it_was()
    {
        var full = new PhotometryPoint
        {
            Time = new(-5, TimeForm.JulianDate, "2440587.49999"),
            Bandpass = "g",
            Telescope = "1m0a",
            Instrument = "fa16",
            Brightness = 1.25,
            BrightnessError = 0,
            BrightnessUnit = BrightnessUnit.Millijansky,
            LimitingBrightness = -2,
            LimitingBrightnessError = 0.5,
            LimitingBrightnessUnit = BrightnessUnit.FluxPerAngstrom,
            ExposureSeconds = 30,
            Origin = "me",
            MeasurementId = "m1",
            Provenance = new(new("hop", "hermes.test", 7, 99), Guid.NewGuid(), "cred", 123),
            IsRetracted = true,
            OtherRevisions = 2,
            LimitSigma = 5,
            Observer = "N. N.",
            Comments = "through clouds",
            OtherOrigins = 3,
        };

        var row = PhotometryRows.ToRow(full);
        Assert.Equal(full with { Key = PointKeys.Format(row.Identity, row.Content) }, PhotometryRows.ToPoint(row, otherRevisions: 2, otherOrigins: 3));
    }

    [Fact]
    public void A_bare_point_comes_back_from_its_row_as_it_was()
    {
        var bare = new PhotometryPoint { Time = new(0), Bandpass = "g", Telescope = "t", Brightness = 1, Origin = "me" };

        var row = PhotometryRows.ToRow(bare);
        Assert.Equal(bare with { Key = PointKeys.Format(row.Identity, row.Content) }, PhotometryRows.ToPoint(row));
    }

    [Fact]
    public void A_row_carries_identity_and_content_of_its_point()
    {
        var row = PhotometryRows.ToRow(PointBuilder.Point);

        Assert.Equal(PhotometryIdentity.Identity(PointBuilder.Point), row.Identity);
        Assert.Equal(PhotometryIdentity.Content(PointBuilder.Point), row.Content);
    }
}
