using System.Text.Json;
using TomOrleans.Client.Tests.Connection;
using TomOrleans.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.EndToEnd;

/// <summary>The program against a real silo: the wire, the token, the exit codes.</summary>
public sealed class ConsoleTests(SampleSilo silo) : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) =>
        _console.TomAsync([.. arguments, "--gateway", $"127.0.0.1:{silo.GatewayPort}"]);

    [Fact]
    public async Task Status_as_JSON_has_the_promised_shape()
    {
        var answer = await TomAsync("status", "--json");

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var status = answer.Json;
        Assert.Equal("S1", status.GetProperty("silos")[0].GetProperty("name").GetString());
        Assert.Equal((2, 12345), (status.GetProperty("targets").GetInt64(), status.GetProperty("points").GetInt64()));
        var stream = status.GetProperty("streams")[0];
        Assert.Equal(("sandbox", "sandbox", "connected"), (Text(stream, "id"), Text(stream, "kind"), Text(stream, "state")));
        var topic = stream.GetProperty("topics")[0];
        Assert.Equal(("hermes.test", 1234), (Text(topic, "topic"), topic.GetProperty("consumed").GetInt64()));
        Assert.Equal((0, 1000, 4), Numbers(topic.GetProperty("partitions")[0], "partition", "position", "lag"));
        var handler = topic.GetProperty("handlers")[0];
        Assert.Equal(("hermes", "live"), (Text(handler, "handler"), Text(handler, "state")));
        Assert.Equal((1234, 1200, 20), Numbers(handler, "consumed", "handled", "ignored"));
        Assert.Equal((3, 1, 7), Numbers(handler, "parked", "dropped", "lost"));
        Assert.Equal((10, 4), (handler.GetProperty("inFlight").GetInt64(), handler.GetProperty("behind").GetInt64()));
        var destination = status.GetProperty("destinations")[0];
        Assert.Equal(("hermes", "ready"), (Text(destination, "name"), Text(destination, "state")));
        Assert.Equal((1, 5, 2), Numbers(destination, "queued", "delivered", "rejected"));
        Assert.Equal(0, destination.GetProperty("unconfirmed").GetInt64());
    }

    [Fact]
    public async Task One_of_several_gateways_that_answers_is_enough()
    {
        var answer = await _console.TomAsync("status", "--json", "--gateway", $"127.0.0.1:{FreePort.Next()},127.0.0.1:{silo.GatewayPort},no-such-host.invalid:30000");

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Equal("S1", answer.Json.GetProperty("silos")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("topics")]
    [InlineData("topic", "hermes.test")]
    [InlineData("targets")]
    [InlineData("target", "SIM-001")]
    [InlineData("photometry", "SIM-001")]
    [InlineData("plot", "SIM-001")]
    [InlineData("share", "SIM-001", "--to", "hermes:hermes.test")]
    [InlineData("share", "SIM-001", "--to", "hermes:hermes.test", "--dry-run")]
    [InlineData("share", "show", "9007199254740993")]
    [InlineData("shares")]
    [InlineData("parked")]
    [InlineData("parked", "show", "9007199254740993")]
    [InlineData("parked", "retry", "9007199254740993")]
    [InlineData("parked", "drop", "--all", "--yes")]
    public async Task Every_command_answers_people_and_programs(params string[] arguments)
    {
        var forPeople = await TomAsync(arguments);
        var forPrograms = await TomAsync([.. arguments, "--json"]);

        Assert.Equal((0, ""), (forPeople.Code, forPeople.Error));
        Assert.DoesNotContain('\u001b', forPeople.Out);
        Assert.All(forPeople.Out.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        Assert.Equal((0, ""), (forPrograms.Code, forPrograms.Error));
        Assert.Equal(JsonValueKind.Object, forPrograms.Json.ValueKind);
    }

    [Fact]
    public async Task Search_for_targets_reaches_the_directory_and_ids_are_texts()
    {
        var answer = await TomAsync("targets", "--cone", "05:00:00,-10:30:00,6arcmin", "--name", "sim", "--limit", "3", "--offset", "5", "--json");

        Assert.Equal(7, answer.Json.GetProperty("total").GetInt64());
        var targets = answer.Json.GetProperty("targets");
        Assert.Equal(("SIM-001", "9007199254740993"), (Text(targets[0], "name"), Text(targets[0], "id")));
        Assert.Equal($"sim|{new Cone(75, -10.5, 0.1)}|3|5", Text(targets[1], "name"));
    }

    [Fact]
    public async Task Photometry_goes_into_a_file()
    {
        var answer = await TomAsync("photometry", "SIM-001", "--csv", "curve.csv");

        Assert.Equal((0, "2 points of SIM-001 written to curve.csv\n"), (answer.Code, answer.Out));
        var lines = await File.ReadAllLinesAsync(Path.Combine(_console.WorkingFolder, "curve.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("time,mjd,filter,magnitude,error,limit,unit,telescope,instrument,source", lines[0]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_failure_and_not_a_crash()
    {
        var answer = await TomAsync("photometry", "SIM-001", "--csv", "no/such/folder/curve.csv");

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("no/such/folder", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_silo_is_its_own_line()
    {
        var answer = await TomAsync("target", "SIM-002", "--json");

        Assert.Equal((1, "", "tom: no target 'SIM-002'; close to it: SIM-001"), (answer.Code, answer.Out, answer.ErrorLine));
    }

    [Fact]
    public async Task A_fault_of_the_silo_is_one_line_too()
    {
        var answer = await TomAsync("target", "crash");

        Assert.Equal(1, answer.Code);
        Assert.Contains("failed: InvalidOperationException: a bug\\u000Aof ours. Its log says more", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_topic_is_answered_with_the_known_ones()
    {
        var answer = await TomAsync("topic", "hermes.tset");

        Assert.Equal((1, "tom: no topic 'hermes.tset'; there are: sandbox/hermes.test"), (answer.Code, answer.ErrorLine));
    }

    [Fact]
    public async Task Share_request_arrives_as_it_was_typed()
    {
        silo.Tom.ShareRequests.Clear();

        var answer = await TomAsync(
            "share", "SIM-001", "--to", "hermes:hermes.test", "--since", "2026-11-01T02:03:04.5Z", "--title", "@home", "--message", "two\nlines", "--authors", "A, B");

        Assert.Equal(0, answer.Code);
        Assert.Equal(
            "share 9007199254740993: 2 points of SIM-001 queued for hermes:hermes.test; see: tom share show 9007199254740993\n",
            answer.Out);
        Assert.Equal(
            new ShareRequest
            {
                Target = "SIM-001",
                Topic = "hermes.test",
                SinceMicroseconds = Sample.Time,
                Title = "@home",
                Message = "two\nlines",
                Authors = "A, B",
            },
            Assert.Single(silo.Tom.ShareRequests));
    }

    [Fact]
    public async Task Dry_run_shows_the_body_without_its_control_characters_taking_effect()
    {
        silo.Tom.ShareRequests.Clear();

        var answer = await TomAsync("share", "SIM-001", "--to", "hermes:hermes.test", "--dry-run");

        Assert.Equal(
            """
            Nothing is sent. To hermes:hermes.test: 2 points in 1 message.
            --- message 1 of 1 ---
            {
              "title": "\u001B[31mred"
            }
            left out: 1 retracted point

            """,
            answer.Out);
        Assert.Empty(silo.Tom.ShareRequests);
    }

    public void Dispose() => _console.Dispose();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static (long, long, long) Numbers(JsonElement element, string first, string second, string third) =>
        (element.GetProperty(first).GetInt64(), element.GetProperty(second).GetInt64(), element.GetProperty(third).GetInt64());
}
