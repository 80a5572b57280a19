using System.Text.Json;
using TomOrleans.Sharing;
using TomOrleans.Targets;
using TomOrleans.Testing;

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
    [InlineData("audit", "--since", "2026-11-01", "--destination", "hermes")]
    [InlineData("retractions")]
    [InlineData("parked")]
    [InlineData("parked", "show", "9007199254740993")]
    [InlineData("parked", "retry", "9007199254740993")]
    [InlineData("parked", "drop", "--all", "--yes")]
    [InlineData("events")]
    [InlineData("event", "LVK-S260102a")]
    [InlineData("event", "LVK-S260102a", "--version", "1")]
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
    public async Task Search_for_events_reaches_the_silo_and_one_is_told_with_its_versions_targets_and_relations()
    {
        var list = await TomAsync("events", "--topic", "igwn.gwalert", "--since", "1970-01-02", "--text", "grb", "--kind", "notice", "--target", "NGC 4993", "--limit", "3", "--offset", "5", "--json");
        Assert.Equal("igwn.gwalert|86400000000|grb|Notice|NGC 4993|3|5", Text(list.Json.GetProperty("events")[0], "title"));

        var detail = (await TomAsync("event", "LVK-S260102a", "--json")).Json;
        Assert.Equal(("update", "igwn"), (Text(detail.GetProperty("event"), "type"), Text(detail.GetProperty("version"), "source")));
        Assert.Equal([1, 2], detail.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("number").GetInt32()));
        Assert.Equal(["SIM-001", "SIM-002"], detail.GetProperty("targets").EnumerateArray().Select(target => Text(target, "target")));
        Assert.Equal("GCN-40001", Text(detail.GetProperty("related")[0], "id"));

        var target = (await TomAsync("target", "SIM-001", "--json")).Json;
        Assert.Equal("LVK-S260102a", Text(target.GetProperty("events")[0].GetProperty("event"), "id"));
        Assert.False((await TomAsync("targets", "--json")).Json.GetProperty("targets")[0].TryGetProperty("events", out _));
        Assert.Equal(1, (await TomAsync("event", "S1")).Code);
    }

    [Fact]
    public async Task Photometry_goes_into_a_file()
    {
        var answer = await TomAsync("photometry", "SIM-001", "--csv", "curve.csv");

        Assert.Equal((0, "2 points of SIM-001 written to curve.csv\n"), (answer.Code, answer.Out));
        var lines = await File.ReadAllLinesAsync(Path.Combine(_console.WorkingFolder, "curve.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(["Csv,0", "Csv,7"], lines);
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
            Assert.Single(silo.Tom.ShareRequests) with { MoreTargets = [], Bands = [] });
    }

    [Theory]
    [InlineData("hermes", "", "hermes.test")]
    [InlineData("kafka", "their.topic\n", "their.topic")]
    [InlineData("hopskotch", "their.topic\n", "their.topic")]
    [InlineData("tom", "", null)]
    public async Task Share_asks_for_the_topic_of_whatever_destination_has_some(string kind, string typed, string? topic)
    {
        silo.Tom.ShareRequests.Clear();
        var destination = Sample.Status.Destinations[0] with { Name = "there", Kind = kind, Topics = kind == "hermes" ? ["hermes.test"] : ["one.topic", "their.topic"] };
        silo.Tom.Status = Sample.Status with { Destinations = [destination] };
        _console.Typed = typed;

        var answer = await TomAsync("share", "SIM-001");

        (silo.Tom.Status, _console.Typed) = (Sample.Status, null);
        Assert.Equal(0, answer.Code);
        Assert.Equal(topic, Assert.Single(silo.Tom.ShareRequests).Topic);
    }

    [Fact]
    public async Task Several_targets_and_bands_go_into_one_request()
    {
        silo.Tom.ShareRequests.Clear();

        await TomAsync("share", "SIM-001", "SIM-002", "SIM-003", "--to", "hermes:hermes.test", "--band", "g", "--band", "r");

        var request = Assert.Single(silo.Tom.ShareRequests);
        Assert.Equal(("SIM-001", "SIM-002 SIM-003", "g r"), (request.Target, string.Join(' ', request.MoreTargets), string.Join(' ', request.Bands)));
    }

    [Fact]
    public async Task File_of_names_is_a_selection_and_a_file_of_JSON_a_message()
    {
        silo.Tom.ShareRequests.Clear();
        silo.Tom.OwnMessages.Clear();
        var (names, message, table) = (Path.GetTempFileName(), Path.GetTempFileName(), Path.GetTempFileName());
        File.WriteAllText(names, "# mine\nSIM-001\n\n SIM-002 \n");
        File.WriteAllText(message, """ { "title": "T" } """);
        File.WriteAllText(table, "name,mjd,mag,filter\nSIM-001,60000,18.5,g\n");

        await TomAsync("share", "--file", names, "--to", "hermes:hermes.test");
        await TomAsync("share", "--file", message, "--to", "hermes");
        var refused = await TomAsync("share", "--file", table, "--to", "hermes:hermes.test");
        var both = await TomAsync("share", "--file", message, "--to", "hermes", "--title", "U");

        Assert.Equal("SIM-002", Assert.Single(Assert.Single(silo.Tom.ShareRequests).MoreTargets));
        Assert.Contains("\"title\"", Assert.Single(silo.Tom.OwnMessages).Text, StringComparison.Ordinal);
        Assert.Contains("is a table of photometry", refused.ErrorLine, StringComparison.Ordinal);
        Assert.Equal((1, "tom: --title does not go with a message of one's own: say it in the file"), (both.Code, both.ErrorLine));
        Array.ForEach([names, message, table], File.Delete);
    }

    [Fact]
    public async Task List_is_a_selection_too()
    {
        silo.Tom.ShareRequests.Clear();

        await TomAsync("share", "SIM-009", "--list", "supernovae", "--to", "hermes:hermes.test");

        var request = Assert.Single(silo.Tom.ShareRequests);
        Assert.Equal("SIM-009", request.Target);
        Assert.Contains("SIM-001", request.MoreTargets);
        Assert.Equal(["supernovae"], request.Lists);
    }

    [Fact]
    public async Task Open_prints_the_address_of_the_form()
    {
        var answer = await TomAsync("share", "SIM-001", "--to", "hermes:hermes.test", "--open");

        Assert.Equal(
            "https://hermes.lco.global/submit-message?id=42\nThe form holds 2 points; nothing is published before it is sent there.\nleft out: 1 point: retracted\n",
            answer.Out);
    }

    [Fact]
    public async Task Validate_says_of_each_message_whether_the_destination_would_take_it_and_fails_where_not()
    {
        var answer = await TomAsync("share", "SIM-001", "--to", "hermes:hermes.test", "--validate");

        Assert.Equal(1, answer.Code);
        Assert.Equal(
            "message 1 of 2: hermes:hermes.test would take it\nmessage 2 of 2: hermes:hermes.test would refuse it:\n"
            + "  data.photometry[0] (SIM-001).bandpass: This field is required.\n  title: \\u001B[31mtoo long\nNothing was published.\n",
            answer.Out);
    }

    [Fact]
    public async Task Share_is_shown_with_every_try()
    {
        var answer = await TomAsync("share", "show", "9007199254740993");

        Assert.Contains("not taken", answer.Out, StringComparison.Ordinal);
        Assert.Contains("no end seen", answer.Out, StringComparison.Ordinal);
        Assert.Contains("503 text/html", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', answer.Out);
        Assert.DoesNotContain('\u001b', (await TomAsync("share", "show", "9007199254740993", "--sent", "1")).Out);
    }

    [Fact]
    public async Task Orders_for_shares_and_destinations_say_what_became_of_them()
    {
        silo.Tom.Orders.Clear();

        Assert.Contains("is looked for once more", (await TomAsync("share", "retry", "9007199254740993")).Out, StringComparison.Ordinal);
        Assert.Contains("is queued again", (await TomAsync("share", "retry", "9007199254740993", "--anyway")).Out, StringComparison.Ordinal);
        Assert.Contains("is cancelled", (await TomAsync("share", "cancel", "9007199254740993")).Out, StringComparison.Ordinal);
        Assert.Contains("uuid-1 is withdrawn; 2 points marked here", (await TomAsync("share", "retract", "9007199254740993")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await TomAsync("destination", "hermes", "pause")).Code);
        Assert.Equal("pause hermes", Assert.Single(silo.Tom.Orders));
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
