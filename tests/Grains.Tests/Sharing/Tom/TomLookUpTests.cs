using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Tom;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Grains.Tests.Sharing.Tom;

/// <summary>What another TOM has already is found there before anything is posted, and taken for nothing else.</summary>
public sealed class TomLookUpTests : TomDestinationTest
{
    [Fact]
    public async Task Target_of_which_a_part_of_the_name_is_there_gets_nothing()
    {
        Toolkit.SplitsNames = true;
        var other = Toolkit.AddTarget("M31");

        var outcome = Assert.IsType<SendOutcome.Delivered>(await SendAsync(Content(A.Point) with { Targets = [A.Target with { Name = "M31, field 2" }] }));

        Assert.Empty(Toolkit.DataOf(other));
        Assert.Empty(Toolkit.Targets[0].Lists);
        Assert.Equal("M31, field 2", Toolkit.Targets[1].Name);
        Assert.Equal($"target {Toolkit.Targets[1].Id}: 1 of 1 data saved", outcome.Receipt);
    }

    [Theory]
    [InlineData("""{"magnitude":18.5,"error":0.02,"unit":"AB","filter":"g","telescope":"1m0a","instrument":"fa16","time":61222.1}""")]
    [InlineData("""{"magnitude":"18.50","magnitude_error":"0.02","filter":"g","telescope":"1m0a","instrument":"fa16","unit":""}""")]
    [InlineData("""{"brightness":18.5,"brightness_error":0.02,"bandpass":"g","telescope":"1m0a ","instrument":"fa16","limit":20.5}""")]
    public async Task Datum_that_is_there_in_other_words_is_not_posted(string value)
    {
        var there = Toolkit.AddTarget("AT2026abc");
        Toolkit.AddDatum(there, Datum(value));

        var outcome = Assert.IsType<SendOutcome.Delivered>(await SendAsync(Content(A.Point)));

        Assert.Equal($"target {there}: 0 of 1 data saved, 1 were there", outcome.Receipt);
        Assert.Single(Toolkit.DataOf(there));
        Assert.DoesNotContain(Toolkit.Requests, request => request is { Method: "POST", Path: "/api/reduceddatums/" });
    }

    [Theory]
    [InlineData("""{"magnitude":18.5,"error":0.02,"unit":"Vega mag","filter":"g","telescope":"1m0a","instrument":"fa16"}""")]
    [InlineData("""{"magnitude":18.5,"error":0.03,"filter":"g","telescope":"1m0a","instrument":"fa16"}""")]
    [InlineData("""{"magnitude":18.5,"error":0.02,"filter":"g","telescope":"2m0a","instrument":"fa16"}""")]
    [InlineData("""{"limit":18.5,"filter":"g","telescope":"1m0a","instrument":"fa16"}""")]
    public async Task Datum_that_differs_is_posted(string value)
    {
        var there = Toolkit.AddTarget("AT2026abc");
        Toolkit.AddDatum(there, Datum(value));

        Assert.Equal($"target {there}: 1 of 1 data saved", Assert.IsType<SendOutcome.Delivered>(await SendAsync(Content(A.Point))).Receipt);
    }

    [Fact]
    public async Task Parts_of_a_target_read_its_data_once()
    {
        Toolkit.AddTarget("AT2026abc");
        using var destination = new TomDestination(Options(), "A TOM", TimeProvider.System);
        var many = Enumerable.Range(0, 3 * TomMessage.PointsPerPart).Select(i => A.Point with { Time = new(A.Time + i) }).ToArray();

        foreach (var part in Plan(Content(many)).Parts)
        {
            Assert.IsType<SendOutcome.Delivered>(await destination.SendAsync(part.Body));
        }

        Assert.Equal(
            ["offset=0", "offset=50", "offset=100"],
            Toolkit.Requests.Where(request => request is { Method: "GET", Path: "/api/reduceddatums/" }).Select(request => request.Query.Split('&')[^1]));
    }

    [Fact]
    public async Task What_came_there_between_two_parts_is_seen()
    {
        var there = Toolkit.AddTarget("AT2026abc");
        using var destination = new TomDestination(Options(), "A TOM", TimeProvider.System);
        await destination.SendAsync(Plan(Content(A.Point with { Bandpass = "r" })).Parts[0].Body);
        Toolkit.AddDatum(there, Datum("""{"magnitude":"18.5","error":0.02,"filter":"g","telescope":"1m0a","instrument":"fa16"}"""));

        await destination.SendAsync(Plan(Content(A.Point)).Parts[0].Body);

        Assert.Equal(2, Toolkit.DataOf(there).Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Revised_limit_that_is_not_taken_is_not_delivered(int version)
    {
        await using var toolkit = await StandInToolkit.StartAsync(version);
        var there = toolkit.AddTarget("AT2026abc");
        await SendAsync(Content(A.Limit), Options(toolkit));
        for (var i = 0; i < 3; i++)
        {
            toolkit.Faults.Enqueue(ToolkitFault.Crash);
        }

        var outcome = Assert.IsType<SendOutcome.Refused>(await SendAsync(Content(A.Limit with { LimitingBrightness = 20.9 }), Options(toolkit)));

        Assert.Single(toolkit.DataOf(there));
        Assert.StartsWith(version == 2 ? "0 of 1 data saved; 1 not taken: HTTP 500" : "0 of 1 data saved; 1 not taken: it has a limit for 2026-07-01T03:04:05.678901Z in g and does not tell which", outcome.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_TOM_gets_all_of_it_in_the_end_each_once()
    {
        // Each answer takes 5 s, so that 12 fit into the minute of a try.
        var time = new FakeTimeProvider();
        Toolkit.OnRequest = () => time.Advance(TimeSpan.FromSeconds(5));
        var there = Toolkit.AddTarget("AT2026abc");
        using var destination = new TomDestination(Options(), "A TOM", time);
        var part = Assert.Single(Plan(Content([.. Enumerable.Range(0, TomMessage.PointsPerPart).Select(i => A.Point with { Time = new(A.Time + i) })])).Parts);

        var outcomes = new List<SendOutcome>();
        while (outcomes is [] or [.., SendOutcome.Retry] && outcomes.Count < 20)
        {
            outcomes.Add(await destination.SendAsync(part.Body));
        }

        Assert.IsType<SendOutcome.Delivered>(outcomes[^1]);
        Assert.InRange(outcomes.Count, 5, 10);
        Assert.Contains("of 50 data saved; the next try goes on from there", ((SendOutcome.Retry)outcomes[0]).Reason, StringComparison.Ordinal);
        Assert.Equal(50, Toolkit.DataOf(there).Count);
    }

    [Fact]
    public async Task Remarks_and_significance_go_along()
    {
        var there = Toolkit.AddTarget("AT2026abc");

        await SendAsync(Content(A.Limit with { LimitSigma = 3, Observer = "O. Server", Comments = "thin clouds" }));

        var value = Assert.Single(Toolkit.DataOf(there))["value"]!;
        Assert.Equal((3, "O. Server", "thin clouds"), ((double)value["limit_sigma"]!, (string?)value["observer"], (string?)value["comments"]));
    }
}
