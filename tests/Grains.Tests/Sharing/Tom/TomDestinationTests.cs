using System.Text;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Tom;
using TomOrleans.Targets;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Grains.Tests.Sharing.Tom;

/// <summary>Another TOM, against a stand-in that answers as a site of the Toolkit does.</summary>
public sealed class TomDestinationTests : TomDestinationTest
{
    [Theory]
    [InlineData("at 2026-ABC")]
    [InlineData("ZTF26abc", "AT2026abc")]
    public async Task Target_that_is_there_by_name_or_alias_gets_the_data_and_comes_on_the_list(string name, params string[] aliases)
    {
        var there = Toolkit.AddTarget(name, aliases);
        var content = Content(A.Point, A.Limit) with { Targets = [A.Target with { Aliases = ["ZTF26abc", "Gaia, 26 & more #1+2"] }] };

        var outcome = Assert.IsType<SendOutcome.Delivered>(await SendAsync(content));

        Assert.Equal($"target {there}: 2 of 2 data saved", outcome.Receipt);
        Assert.Equal(2, Toolkit.DataOf(there).Count);
        Assert.Equal(["Imported From A TOM"], Assert.Single(Toolkit.Targets).Lists);
        Assert.Contains("?name_fuzzy=Gaia%2C%2026%20%26%20more%20%231%2B2", Toolkit.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task Target_that_is_not_there_is_made_without_any_id_of_ours()
    {
        var outcome = await SendAsync(Content(A.Point) with { Targets = [A.Target with { Aliases = ["ZTF26abc"] }] });

        Assert.IsType<SendOutcome.Delivered>(outcome);
        var made = Assert.Single(Toolkit.Targets);
        Assert.Equal(("AT2026abc", "ZTF26abc", "Imported From A TOM"), (made.Name, made.Aliases.Single(), made.Lists.Single()));
        Assert.Equal((33.2, -42.25, "SIDEREAL"), ((double)made.Body["ra"]!, (double)made.Body["dec"]!, (string?)made.Body["type"]));
        Assert.DoesNotContain(Toolkit.Requests, request => request.Method == "POST" && request.Path == "/api/targets/" && request.Body.Contains("\"id\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Datum_arrives_with_the_keys_that_both_Toolkits_read()
    {
        var there = Toolkit.AddTarget("AT2026abc");
        var point = A.Point with { LimitingBrightness = 20.5, LimitingBrightnessUnit = BrightnessUnit.AbMagnitude, ExposureSeconds = 30 };

        await SendAsync(Content(point));

        var expected = JsonNode.Parse("""
            {"data_product":"","data_type":"photometry","source_name":"peer","source_location":"shared from A TOM","timestamp":"2026-07-01T03:04:05.678901Z",
             "value":{"magnitude":18.5,"error":0.02,"limit":20.5,"filter":"g","unit":"AB mag","telescope":"1m0a","instrument":"fa16","exposure_time":30},"target":41}
            """);
        Assert.True(JsonNode.DeepEquals(expected, Assert.Single(Toolkit.DataOf(there))), Assert.Single(Toolkit.DataOf(there)).ToJsonString());
    }

    [Fact]
    public async Task Later_parts_and_continuous_shares_leave_the_lists_alone()
    {
        Toolkit.AddTarget("AT2026abc");
        var many = Enumerable.Range(0, TomMessage.PointsPerPart + 1).Select(i => A.Point with { Time = new(A.Time + i) }).ToArray();

        foreach (var part in Plan(Content(many)).Parts)
        {
            Assert.IsType<SendOutcome.Delivered>(await SendAsync(part));
        }

        await SendAsync(Content(A.Limit) with { IsContinuous = true });

        Assert.Single(Toolkit.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task Several_targets_stop_the_share()
    {
        Toolkit.AddTarget("AT2026abc");
        Toolkit.AddTarget("ZTF26abc");

        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point) with { Targets = [A.Target with { Aliases = ["ZTF26abc"] }] }));

        Assert.StartsWith("Multiple targets with matching name found in destination TOM: 41, 42", outcome.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Toolkit.Requests, request => request.Method != "GET");
    }

    [Fact]
    public async Task Where_no_targets_are_to_be_made_the_share_stops()
    {
        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point), Options() with { CreateTargets = false }));

        Assert.StartsWith("No matching target found", outcome.Words, StringComparison.Ordinal);
        Assert.Empty(Toolkit.Targets);
    }

    [Fact]
    public async Task Target_that_the_other_TOM_refuses_is_refused_with_its_words()
    {
        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point) with { Targets = [A.Target with { RightAscensionDegrees = 0 }] }));

        Assert.Equal("The other TOM does not make the target AT2026abc: The following fields are required for SIDEREAL targets: ['ra', 'dec']", outcome.Words);
    }

    [Fact]
    public async Task Target_is_made_with_all_that_is_known_of_it()
    {
        var target = A.Target with
        {
            Astrometry = new() { Epoch = 2016, ProperMotionRightAscension = 12.5, Distance = 40 },
            Extras = [new("host", "NGC 1", 3)],
            Lists = [new(5, "Bright ones")],
        };

        Assert.IsType<SendOutcome.Delivered>(await SendAsync(Content(A.Point) with { Targets = [target] }));

        var expected = JsonNode.Parse("""
            {"name":"AT2026abc","type":"SIDEREAL","ra":33.2,"dec":-42.25,"epoch":2016,"pm_ra":12.5,"distance":40,"aliases":[],"targetextra_set":[{"key":"host","value":"NGC 1"}],
             "target_lists":[{"name":"Imported From A TOM"}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, Assert.Single(Toolkit.Targets).Body), Assert.Single(Toolkit.Targets).Body.ToJsonString());
    }

    [Fact]
    public async Task What_moves_is_made_there_with_its_orbit_and_without_one_the_other_TOM_says_what_is_missing()
    {
        var comet = A.Target with
        {
            Name = "C/2026 A1",
            Type = TargetType.NonSidereal,
            RightAscensionDegrees = null,
            DeclinationDegrees = null,
            Elements = new()
            {
                Scheme = OrbitalScheme.MpcComet,
                EpochOfElements = 61200,
                Inclination = 30,
                LongitudeOfAscendingNode = 40,
                ArgumentOfPerihelion = 50,
                Eccentricity = 1.02,
                PerihelionDistance = 0.8,
                EpochOfPerihelion = 61250.5,
            },
        };

        Assert.IsType<SendOutcome.Delivered>(await SendAsync(Content(A.Point) with { Targets = [comet] }));
        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Point) with { Targets = [comet with { Name = "C/2026 A2", Elements = new() { Inclination = 30 } }] }));

        var made = Assert.Single(Toolkit.Targets).Body;
        Assert.Equal(("NON_SIDEREAL", "MPC_COMET", 61250.5, 1.02), ((string?)made["type"], (string?)made["scheme"], (double)made["epoch_of_perihelion"]!, (double)made["eccentricity"]!));
        Assert.False(made.ContainsKey("ra"));
        Assert.Contains("required for NON_SIDEREAL targets: ['epoch_of_elements', 'lng_asc_node'", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spectra_are_data_too_and_one_that_is_there_already_is_known_by_its_numbers()
    {
        var there = Toolkit.AddTarget("AT2026abc");
        var content = Content(A.Point) with { Spectra = [new(new(7, 101, 1), A.Spectrum), new(new(7, 102, 1), A.Spectrum with { Head = A.Spectrum.Head with { Time = new(A.Time + 1) } })] };
        var parts = Plan(content).Parts;
        Toolkit.Faults.Enqueue(ToolkitFault.None);
        Toolkit.Faults.Enqueue(ToolkitFault.StoreAndCrash);

        Assert.Equal([(1, 0), (0, 2)], parts.Select(part => (part.Points.Length, part.Spectra.Length)));
        foreach (var part in parts)
        {
            Assert.IsType<SendOutcome.Delivered>(await SendAsync(part));
        }

        var again = Assert.IsType<SendOutcome.Delivered>(await SendAsync(parts[1]));

        Assert.Equal($"target {there}: 0 of 2 data saved, 2 were there", again.Receipt);
        Assert.Equal(3, Toolkit.DataOf(there).Count);
        var expected = JsonNode.Parse("""
            {"data_product":"","data_type":"spectroscopy","source_name":"peer","source_location":"shared from A TOM","timestamp":"2026-07-01T03:04:05.678901Z",
             "value":{"wavelength":[3205.5,3207],"flux":[1.5E-15,2E-15],"flux_error":[1E-16,2E-16],"wavelength_units":"Angstrom","flux_units":"erg / s / cm\u00B2 / \u212B","telescope":"FTN",
             "instrument":"FLOYDS","setup":"red/blu","exposure_time":1800,"reducer":"R. Duce"},"target":41}
            """);
        Assert.True(JsonNode.DeepEquals(expected, Toolkit.DataOf(there)[1]), Toolkit.DataOf(there)[1].ToJsonString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_there_already_counts_as_arrived_and_is_not_stored_twice(int version)
    {
        await using var toolkit = await StandInToolkit.StartAsync(version);
        var there = toolkit.AddTarget("AT2026abc");
        using var destination = new TomDestination(Options(toolkit), "A TOM", TimeProvider.System);
        var body = Assert.Single(destination.Build(Content(A.Point, A.Limit with { Time = new(A.Time + 1) }), Guid.NewGuid).Parts).Body;

        Assert.IsType<SendOutcome.Delivered>(await destination.SendAsync(body));
        var again = Assert.IsType<SendOutcome.Delivered>(await destination.SendAsync(body));

        Assert.Equal($"target {there}: 0 of 2 data saved, 2 were there", again.Receipt);
        Assert.Equal(2, toolkit.DataOf(there).Count);
    }

    [Fact]
    public async Task A_revision_is_a_datum_of_its_own_for_2_x_and_not_taken_by_3_x()
    {
        await using var third = await StandInToolkit.StartAsync(version: 3);
        long[] there = [Toolkit.AddTarget("AT2026abc"), third.AddTarget("AT2026abc")];
        var (before, after) = (Content(A.Point), Content(A.Point with { Brightness = 18.6 }, A.Point with { Bandpass = "r" }));

        await SendAsync(before);
        Assert.IsType<SendOutcome.Delivered>(await SendAsync(after));
        await SendAsync(before, Options(third));
        var refused = Assert.IsType<SendOutcome.Refused>(await SendAsync(after, Options(third)));

        Assert.Equal((3, 2), (Toolkit.DataOf(there[0]).Count, third.DataOf(there[1]).Count));
        Assert.StartsWith("1 of 2 data saved; 1 not taken: it keeps another value for 2026-07-01T03:04:05.678901Z in g", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TomOrleans_gets_many_data_in_one_request()
    {
        await using var other = await StandInToolkit.StartAsync(takesBatches: true);
        var there = other.AddTarget("AT2026abc");
        using var destination = new TomDestination(Options(other), "A TOM", TimeProvider.System);
        var body = Assert.Single(destination.Build(Content([.. Enumerable.Range(0, 40).Select(i => A.Point with { Time = new(A.Time + i) })]), Guid.NewGuid).Parts).Body;

        Assert.Equal($"target {there}: 40 of 40 data saved", Assert.IsType<SendOutcome.Delivered>(await destination.SendAsync(body)).Receipt);
        Assert.Equal($"target {there}: 0 of 40 data saved, 40 were there", Assert.IsType<SendOutcome.Delivered>(await destination.SendAsync(body)).Receipt);

        Assert.Equal(2, other.Requests.Count(request => request.Path == "/api/reduceddatums/batch/"));
        Assert.DoesNotContain(other.Requests, request => request.Path == "/api/reduceddatums/");
    }

    [Fact]
    public void What_cannot_be_read_there_for_certain_is_left_out_and_the_units_are_told()
    {
        var plan = Plan(Content(
            A.Point with { IsRetracted = true },
            A.Point with { Origin = new string('o', 101) },
            A.Point with { Brightness = 0, BrightnessUnit = BrightnessUnit.Microjansky, LimitingBrightness = 19, LimitingBrightnessUnit = BrightnessUnit.Magnitude, Time = new(A.Time) }));

        Assert.Equal(["an origin of more than 100 characters", "retracted"], plan.LeftOut.Select(point => point.Reason).Order());
        var value = JsonNode.Parse(Encoding.UTF8.GetString(Assert.Single(plan.Parts).Body))!["data"]![0]!["value"]!;
        Assert.Equal((0, "uJy", 19, "mag"), ((double)value["magnitude"]!, (string?)value["unit"], (double)value["limit"]!, (string?)value["limit_unit"]));
    }
}
