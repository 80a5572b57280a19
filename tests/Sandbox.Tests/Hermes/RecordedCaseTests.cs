using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>Every recorded exchange with the real service, repeated with the stand-in: the same status, the same JSON, the same bytes on the topic.</summary>
public sealed class RecordedCaseTests
{
    /// <summary>Cases that rest on a service the stand-in does not have, and why they are left out.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["flag-gcn-falsetext"] = "sends a GCN circular",
        ["gcn-ok"] = "sends a GCN circular",
        ["gcn-then-kafka-denied"] = "sends a GCN circular",
        ["gcn-anonymous"] = "GCN rules: the stand-in refuses the flag itself",
        ["gcn-no-authors"] = "GCN rules: the stand-in refuses the flag itself",
        ["gcn-no-keyword"] = "GCN rules: the stand-in refuses the flag itself",
        ["tns-ok"] = "sends a TNS report",
        ["tns-then-kafka-denied"] = "sends a TNS report",
        ["tns-bad-filter"] = "TNS lists: the stand-in refuses the flag itself",
        ["tns-bad-instrument"] = "TNS lists: the stand-in refuses the flag itself",
        ["tns-no-authors"] = "TNS rules: the stand-in refuses the flag itself",
        ["tns-no-data-rows"] = "TNS rules: the stand-in refuses the flag itself",
        ["tns-no-discovery-info"] = "TNS rules: the stand-in refuses the flag itself",
        ["tns-no-target"] = "TNS rules: the stand-in refuses the flag itself",
        ["realkafka-multipart-ok"] = "keeps a file in the SCiMMA archive",
        ["messages-anonymous"] = "Hermes' own index is not part of the stand-in",
        ["targets-list"] = "Hermes' own index is not part of the stand-in",
        ["query-search"] = "answered by a recorded archive that held another message",
        ["top-topic-spaces"] = "recorded with a Kafka double that takes any name; a broker, and so the stand-in, refuses it",
    };

    public static TheoryData<string> Ids() =>
        RecordedCases.Path is null ? [""] : [.. RecordedCases.All.Select(c => c.GetProperty("id").GetString()!).Where(id => !LeftOut.ContainsKey(id))];

    [Theory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public async Task Stand_in_answers_and_publishes_as_the_real_service_did(string id)
    {
        Assert.SkipWhen(RecordedCases.Path is null, "the recorded cases are not beside the repository (TOM_SHARED_DATA)");
        var recorded = RecordedCases.Get(id);
        var folder = Directory.CreateTempSubdirectory().FullName;
        var publisher = new RecordingPublisher { Refuse = RecordedAccounts.Refuse };
        var dev = recorded.GetProperty("mode").GetString() == "dev";
        await using var hermes = await RecordedAccounts.StartAsync(publisher, folder, dev, RetractedIn(recorded));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hermes.Url };

        using var answer = await client.SendAsync(RecordedRequest.From(recorded.GetProperty("request")));
        await AssertSameAsync(recorded.GetProperty("response"), answer);
        AssertPublished(recorded.GetProperty("published"), publisher.Messages);

        var validation = recorded.GetProperty("validate_response");
        if (validation.ValueKind == JsonValueKind.Object)
        {
            using var verdict = await client.SendAsync(RecordedRequest.From(recorded.GetProperty("request"), "/api/v0/submit_message/validate/"));
            await AssertSameAsync(validation, verdict);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_left_out_case_exists()
    {
        Assert.SkipWhen(RecordedCases.Path is null, "the recorded cases are not beside the repository (TOM_SHARED_DATA)");
        Assert.All(LeftOut.Keys, id => RecordedCases.Get(id));
    }

    private static async Task AssertSameAsync(JsonElement expected, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(expected.GetProperty("status").GetInt32() == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {body}");
        Assert.Equal(expected.GetProperty("content_type").GetString(), answer.Content.Headers.ContentType?.ToString());
        if (expected.TryGetProperty("json", out var json))
        {
            var (theirs, ours) = (Timeless(JsonNode.Parse(json.GetRawText())), Timeless(JsonNode.Parse(body)));
            Assert.True(JsonNode.DeepEquals(theirs, ours), $"expected {theirs?.ToJsonString()}\nbut was  {ours?.ToJsonString()}");
        }

        if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed
            && expected.GetProperty("content_type").GetString() == "application/json")
        {
            Assert.Equal(expected.GetProperty("allow").GetString(), string.Join(", ", answer.Content.Headers.Allow));
        }
    }

    private static void AssertPublished(JsonElement expected, IReadOnlyList<HopMessage> published)
    {
        Assert.Equal(expected.GetArrayLength(), published.Count);
        foreach (var (theirs, ours) in expected.EnumerateArray().Zip(published))
        {
            Assert.Equal(theirs.GetProperty("topic").GetString(), ours.Topic);
            Assert.Equal(theirs.GetProperty("value_text").GetString(), Encoding.UTF8.GetString(ours.Value.Span));
            Assert.Equal(theirs.GetProperty("header_order").EnumerateArray().Select(h => h.GetString()), ours.Headers.Select(h => h.Key));
            foreach (var (name, value) in ours.Headers.Where(h => h.Key != "_id"))
            {
                Assert.Equal(theirs.GetProperty("headers").GetProperty(name).GetString(), Encoding.UTF8.GetString(value));
            }
        }
    }

    // The uuid and the key of a kept body are drawn anew each time; the host of the archive is another.
    private static JsonNode? Timeless(JsonNode? json)
    {
        if (json is JsonObject members)
        {
            members.Remove("uuid");
            members.Remove("key");
            if (members["error"]?.GetValue<string>() is { } error && error.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at)
            {
                members["error"] = error[..at] + error[error.IndexOf("/archive", StringComparison.Ordinal)..];
            }
        }

        return json;
    }

    private static Guid RetractedIn(JsonElement recorded)
    {
        var parts = recorded.GetProperty("request").GetProperty("path").GetString()!.Split('/');
        var isRetraction = recorded.GetProperty("request").GetProperty("method").GetString() == "PATCH";
        return isRetraction && Guid.TryParse(parts[^2], out var id) ? id : Guid.NewGuid();
    }
}
