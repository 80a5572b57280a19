using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class PhotometryIdentityTests
{
    private static readonly PhotometryPoint Point = PointBuilder.Point;
    private static readonly PhotometryPoint Limit = Point with
    {
        Brightness = null,
        BrightnessError = null,
        BrightnessUnit = default,
        LimitingBrightness = 20.2,
        LimitingBrightnessError = 0.1,
        LimitingBrightnessUnit = BrightnessUnit.VegaMagnitude,
    };

    /// <summary>Databases hold these numbers: when this fails, the code is wrong, not the test.</summary>
    [Fact]
    public void Hashes_are_the_same_in_every_release()
    {
        Assert.Equal((1651251027889828304L, -6310541198758476690L), Hashes(Point));
        Assert.Equal((-2446673900915842131L, 1436588103286346206L), Hashes(Limit));
        Assert.Equal((8539554009812017503L, -6310541198758476690L), Hashes(Point with { MeasurementId = "ZTF-1234" }));
        var odd = Point with { Telescope = "T\u00E9lescope \u00C5ngstr\u00F6m", Instrument = null, Time = new(-1), Brightness = 0, LimitingBrightness = -0.0 };
        Assert.Equal((3374740789621828560L, 1556604572344321468L), Hashes(odd));
        var flux = Point with { BrightnessUnit = BrightnessUnit.FluxPerAngstrom, Brightness = 1.5e-17 };
        Assert.Equal((-5371691346553356626L, -1227604087905792887L), Hashes(flux));
    }

    [Fact]
    public void Case_outer_blanks_and_the_form_of_accents_do_not_count()
    {
        var given = Point with { Telescope = " T\u00E9lescope \u00C5 \u01D8 ", Instrument = "\u00B5CAM \u03A3", Origin = "Me" };
        var same = Point with { Telescope = "Te\u0301LESCOPE A\u030A u\u0308\u0301", Instrument = "\u03BCcam \u03C2", Origin = " me" };

        Assert.Equal(Hashes(given), Hashes(same));
        Assert.Equal(Hashes(given), Hashes(given with { Telescope = "t\u00E9lescope \u212B \u01D7" }));
    }

    [Fact]
    public void Time_counts_to_the_nearest_millisecond_in_the_identity_and_exactly_in_the_content()
    {
        var (identity, content) = Hashes(Point);
        var (near, exact) = Hashes(Point with { Time = new(PointBuilder.T0 + 499, TimeForm.ModifiedJulianDate, "61222.128") });

        Assert.Equal(identity, near);
        Assert.NotEqual(content, exact);
        Assert.NotEqual(identity, Hashes(Point with { Time = new(PointBuilder.T0 + 500) }).Identity);
        Assert.Equal(identity, Hashes(Point with { Time = new(PointBuilder.T0 - 500) }).Identity);
        Assert.Equal(Hashes(Point with { Time = new(-500) }).Identity, Hashes(Point with { Time = new(499) }).Identity);
    }

    [Fact]
    public void Each_circumstance_makes_another_identity()
    {
        PhotometryPoint[] others =
        [
            Point, Limit, Point with { Origin = "other" }, Point with { Telescope = "x" }, Point with { Instrument = "x" }, Point with { Telescope = null },
            Point with { Telescope = "1m0afa16", Instrument = null }, Point with { Bandpass = "r" }, Point with { BrightnessUnit = BrightnessUnit.Millijansky },
            Limit with { LimitingBrightnessUnit = BrightnessUnit.Nanojansky }, Point with { MeasurementId = "1" }, Point with { MeasurementId = "1", Origin = "other" },
        ];

        Assert.Equal(others.Length, others.Select(PhotometryIdentity.Identity).Distinct().Count());
    }

    [Fact]
    public void A_detection_with_a_limit_is_the_detection()
    {
        var both = Point with { LimitingBrightness = 21, LimitingBrightnessUnit = BrightnessUnit.Millijansky };

        Assert.Equal(Hashes(Point).Identity, Hashes(both).Identity);
        Assert.NotEqual(Hashes(Point).Content, Hashes(both).Content);
    }

    [Fact]
    public void Magnitudes_of_any_system_are_one_kind()
    {
        Assert.Equal(Hashes(Point).Identity, Hashes(Point with { BrightnessUnit = BrightnessUnit.VegaMagnitude }).Identity);
        Assert.NotEqual(Hashes(Point).Content, Hashes(Point with { BrightnessUnit = BrightnessUnit.VegaMagnitude }).Content);
    }

    [Fact]
    public void The_origins_own_id_stands_for_all_circumstances()
    {
        var point = Point with { MeasurementId = "a1" };

        Assert.Equal(Hashes(point).Identity, Hashes(point with { Time = new(5), Bandpass = "r", Telescope = "x" }).Identity);
        Assert.NotEqual(Hashes(point).Identity, Hashes(point with { MeasurementId = "A1" }).Identity);
        Assert.Equal(Hashes(Point), Hashes(Point with { MeasurementId = " " }));
    }

    [Fact]
    public void Each_number_and_its_unit_make_another_content()
    {
        PhotometryPoint[] others =
        [
            Point, Point with { Brightness = 18.6 }, Point with { Brightness = 0 }, Point with { BrightnessError = null }, Point with { BrightnessError = 0 },
            Point with { LimitingBrightness = 0.02 }, Point with { LimitingBrightnessError = 0.02 }, Point with { Brightness = null }, Limit, Limit with { LimitingBrightness = 18.5 },
            Limit with { LimitingBrightnessUnit = BrightnessUnit.AbMagnitude }, Point with { BrightnessUnit = BrightnessUnit.Magnitude },
        ];

        Assert.Equal(others.Length, others.Select(PhotometryIdentity.Content).Distinct().Count());
    }

    [Fact]
    public void The_unit_of_an_absent_value_and_the_sign_of_zero_do_not_count()
    {
        Assert.Equal(Hashes(Point), Hashes(Point with { LimitingBrightnessUnit = BrightnessUnit.Millijansky }));
        Assert.Equal(Hashes(Limit), Hashes(Limit with { BrightnessUnit = BrightnessUnit.AbMagnitude }));
        Assert.Equal(Hashes(Point with { Brightness = 0.0 }), Hashes(Point with { Brightness = -0.0 }));
    }

    [Fact]
    public void Texts_longer_than_the_buffer_are_hashed_whole()
    {
        var text = new string('x', 5000);

        Assert.NotEqual(PhotometryIdentity.Identity(Point with { Telescope = text + "a" }), PhotometryIdentity.Identity(Point with { Telescope = text + "b" }));
        Assert.Equal(PhotometryIdentity.Identity(Point with { Telescope = text }), PhotometryIdentity.Identity(Point with { Telescope = text.ToUpperInvariant() }));
    }

    private static (long Identity, long Content) Hashes(PhotometryPoint point) => (PhotometryIdentity.Identity(point), PhotometryIdentity.Content(point));
}
