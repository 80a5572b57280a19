using System.Net;
using System.Text.Json;

namespace TomOrleans.Sandbox.Tests.Hermes;

public sealed class ArchiveTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "hermes", "archive.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Published_message_is_found_by_topic_and_by_a_key_of_the_sender()
    {
        await using var fixture = await StandInFixture.StartAsync();
        var uuid = await fixture.PublishAsync();
        await fixture.PublishAsync(StandInFixture.Message(topic: "hermes.other").Replace("abc-1", "abc-2", StringComparison.Ordinal));

        var found = await Messages(fixture, "query/?topic=hermes.test&search_query=abc-1");

        var entry = Assert.Single(found);
        Assert.Equal(uuid, entry.GetProperty("annotations").GetProperty("con_text_uuid").GetGuid());
        Assert.Equal("abc-1", entry.GetProperty("message").GetProperty("data").GetProperty("extra_data").GetProperty("key").GetString());
        Assert.Equal("stand-in-credential", entry.GetProperty("metadata").GetProperty("headers").GetProperty("_sender").GetString());
        Assert.Empty(await Messages(fixture, "query/?topic=hermes.test&search_query=abc-2"));
    }

    [Fact]
    public async Task Archive_outlives_the_process_with_its_retractions()
    {
        Guid kept, retracted;
        await using (var fixture = await StandInFixture.StartAsync(o => o.ArchivePath = File))
        {
            (kept, retracted) = (await fixture.PublishAsync(), await fixture.PublishAsync());
            await RetractAsync(fixture, retracted, "true");
        }

        await using var again = await StandInFixture.StartAsync(o => o.ArchivePath = File);

        Assert.Equal([kept], (await Messages(again, "query/")).Select(Uuid));
        Assert.Equal([retracted, kept], (await Messages(again, "query/?include_retracted=true")).Select(Uuid));
    }

    [Fact]
    public async Task Torn_last_line_is_cut_off_and_the_rest_kept()
    {
        await using (var fixture = await StandInFixture.StartAsync(o => o.ArchivePath = File))
        {
            await fixture.PublishAsync();
        }

        await System.IO.File.AppendAllTextAsync(File, """{"metadata": {"top""");
        await using (var fixture = await StandInFixture.StartAsync(o => o.ArchivePath = File))
        {
            await fixture.PublishAsync();
        }

        await using var again = await StandInFixture.StartAsync(o => o.ArchivePath = File);
        Assert.Equal(2, (await Messages(again, "query/")).Count);
    }

    [Fact]
    public async Task Message_with_a_number_that_is_not_finite_does_not_spoil_the_archive()
    {
        await using (var fixture = await StandInFixture.StartAsync(o => o.ArchivePath = File))
        {
            using var crash = await fixture.SubmitAsync(StandInFixture.Message(StandInFixture.Row.Replace("18.5", "\"inf\"", StringComparison.Ordinal)));
        }

        await using var again = await StandInFixture.StartAsync(o => o.ArchivePath = File);
        Assert.Single(await Messages(again, "query/"));
    }

    [Fact]
    public async Task Answers_are_paged_newest_first()
    {
        await using var fixture = await StandInFixture.StartAsync();
        var uuids = new[] { await fixture.PublishAsync(), await fixture.PublishAsync(), await fixture.PublishAsync() };

        var first = await fixture.GetAsync("query/?limit=2");
        var second = await fixture.GetAsync($"query/?limit=2&page={first.GetProperty("next").GetString()}");

        Assert.Equal([uuids[2], uuids[1]], first.GetProperty("messages").EnumerateArray().Select(Uuid));
        Assert.Equal([uuids[0]], second.GetProperty("messages").EnumerateArray().Select(Uuid));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Times_bound_the_answer_and_a_bad_one_is_a_500_page()
    {
        await using var fixture = await StandInFixture.StartAsync();
        await fixture.PublishAsync();

        Assert.Empty(await Messages(fixture, "query/?start=2999-01-01"));
        Assert.Empty(await Messages(fixture, "query/?end=2000-01-01T00:00:00Z"));
        Assert.Single(await Messages(fixture, "query/?start=2000-01-01&end=2999-01-01"));
        using var bad = await fixture.Client.GetAsync(new Uri("query/?start=garbage", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, bad.StatusCode);
    }

    [Theory]
    [InlineData("true", HttpStatusCode.OK)]
    [InlineData("\"true\"", HttpStatusCode.BadRequest)]
    [InlineData("1", HttpStatusCode.BadRequest)]
    public async Task Retraction_takes_a_json_boolean_only(string value, HttpStatusCode status)
    {
        await using var fixture = await StandInFixture.StartAsync();
        var uuid = await fixture.PublishAsync();

        Assert.Equal(status, await RetractAsync(fixture, uuid, value));

        var entry = await fixture.GetAsync($"query/message/{uuid}/");
        Assert.Equal(status == HttpStatusCode.OK, entry.GetProperty("annotations").GetProperty("retracted").GetBoolean());
    }

    [Fact]
    public async Task Retraction_can_be_taken_back()
    {
        await using var fixture = await StandInFixture.StartAsync();
        var uuid = await fixture.PublishAsync();

        await RetractAsync(fixture, uuid, "true");
        await RetractAsync(fixture, uuid, "false");

        Assert.Single(await Messages(fixture, "query/"));
    }

    [Fact]
    public async Task Unknown_message_is_a_404_with_an_error()
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.Client.GetAsync(new Uri($"query/message/{Guid.NewGuid()}/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.StartsWith("404 Client Error", (await StandInFixture.JsonOf(answer)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await RetractAsync(fixture, Guid.NewGuid(), "true"));
    }

    private static async Task<HttpStatusCode> RetractAsync(StandInFixture fixture, Guid uuid, string value)
    {
        using var answer = await fixture.Client.PatchAsync(
            new Uri($"query/message/{uuid}/", UriKind.Relative), new StringContent($$"""{"retracted": {{value}}}""", null, "application/json"));
        return answer.StatusCode;
    }

    private static async Task<List<JsonElement>> Messages(StandInFixture fixture, string path) =>
        [.. (await fixture.GetAsync(path)).GetProperty("messages").EnumerateArray()];

    private static Guid Uuid(JsonElement entry) => entry.GetProperty("annotations").GetProperty("con_text_uuid").GetGuid();
}
