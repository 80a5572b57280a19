using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class TargetRulesTests
{
    private static readonly OrbitalElements Orbit = new()
    {
        EpochOfElements = 61000, Inclination = 0, LongitudeOfAscendingNode = 0, ArgumentOfPerihelion = 0, Eccentricity = 0,
    };

    [Fact]
    public void Zero_is_a_value() => Assert.Empty(TargetRules.Faults(new TargetDraft
    {
        Name = "A", RightAscensionDegrees = 0, DeclinationDegrees = 0, Astrometry = new() { ProperMotionRightAscension = 0, Parallax = 0, Distance = 0 },
    }));

    [Fact]
    public void Sidereal_target_needs_both_coordinates()
    {
        Assert.Equal(["a sidereal target needs ra and dec"], TargetRules.Faults(new TargetDraft { Name = "A", RightAscensionDegrees = 1 }));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(OrbitalScheme.MpcComet, "perihdist, epoch_of_perihelion")]
    [InlineData(OrbitalScheme.MpcMinorPlanet, "mean_anomaly, semimajor_axis")]
    [InlineData(OrbitalScheme.JplMajorPlanet, "mean_daily_motion, mean_anomaly, semimajor_axis")]
    public void Each_scheme_needs_its_elements(OrbitalScheme? scheme, string? missing)
    {
        var faults = TargetRules.Faults(new TargetDraft { Name = "A", Type = TargetType.NonSidereal, Elements = Orbit with { Scheme = scheme } });

        Assert.Equal(missing is null, faults.Count == 0);
        Assert.All(faults, fault => Assert.EndsWith($"needs {missing}", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Non_sidereal_target_needs_an_orbit() => Assert.Equal(
        ["a non-sidereal target needs epoch_of_elements, inclination, lng_asc_node, arg_of_perihelion, eccentricity"],
        TargetRules.Faults(new TargetDraft { Name = "A", Type = TargetType.NonSidereal }));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = TargetRules.Faults(new TargetDraft
        {
            Name = "[-]",
            Aliases = ["ok", "a\u0007b"],
            RightAscensionDegrees = double.NaN,
            DeclinationDegrees = 90.1,
            Astrometry = new() { Epoch = 51544, DistanceError = -1 },
            Elements = new() { EpochOfElements = 2_461_000.5 },
            Extras = [new("k", "1"), new("k", "2"), new("", "x")],
            Lists = [" "],
        });

        Assert.Equal(
            ["name", "alias", "list", "ra", "dec", "epoch", "distance_err", "epoch_of_elements", "extra field", "extra field 'k' is given 2 times"],
            faults.Select(fault => fault.Contains(" is given ", StringComparison.Ordinal) ? fault : fault.Split(':')[0]));
        Assert.Contains("MJD: the Julian date less 2400000.5", faults[7], StringComparison.Ordinal);
    }

    [Fact]
    public void Target_that_messages_made_without_a_place_can_be_edited_without_one()
    {
        var before = new Target { Id = 1, Name = "A", Aliases = [], CreatedBy = "hermes", CreatedMicroseconds = 0, Points = 0 };

        Assert.Empty(TargetRules.Faults(TargetEdit.Of(before), before));
        Assert.NotEmpty(TargetRules.Faults(TargetEdit.Of(before) with { RightAscensionDegrees = 1 }, before));
        Assert.NotEmpty(TargetRules.Faults(TargetEdit.Of(before), before with { RightAscensionDegrees = 1, DeclinationDegrees = 1 }));
    }

    [Fact]
    public void Details_come_back_as_they_were_stored_and_old_ones_still_load()
    {
        var (place, orbit) = (new Astrometry { Epoch = 2015.5, ProperMotionDeclination = -0.1, Parallax = 0 }, Orbit with { Scheme = OrbitalScheme.MpcComet, PerihelionDistance = 1e-3 });

        var read = TargetDetails.OfJson(TargetDetails.ToJson(place, orbit));
        var old = TargetDetails.OfJson("""{"astrometry":{"epoch":2000,"properMotionRightAscension":-3.1},"elements":{"scheme":"jplMajorPlanet","eccentricity":0},"later":1}""");

        Assert.Equal((place, orbit), (read.Astrometry, read.Elements));
        Assert.Equal((new Astrometry { Epoch = 2000, ProperMotionRightAscension = -3.1 }, new OrbitalElements { Scheme = OrbitalScheme.JplMajorPlanet, Eccentricity = 0 }), (old.Astrometry, old.Elements));
        Assert.Null(TargetDetails.ToJson(new(), new()));
    }

    [Fact]
    public void Every_field_reads_what_it_wrote()
    {
        var edit = new TargetEdit { Name = "A" };
        var value = 1.0;
        foreach (var field in TargetField.All)
        {
            edit = field.With(edit, value++);
        }

        Assert.Equal(Enumerable.Range(1, TargetField.All.Length).Select(number => (double?)number), TargetField.All.Select(field => field.Of(edit)));
        Assert.Equal(TargetField.All.Length, TargetField.All.Select(field => field.Name).Distinct().Count());
    }
}
