using System.Text;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.HermesRules;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

/// <summary>Our check of a message beside the real one's, and messages of one's own.</summary>
public sealed class HermesCheckTests
{
    /// <summary>Recorded verdicts that ours cannot or need not repeat, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["auth-bad-token-invalid"] = "never reached the serializer: the token was refused",
        ["auth-inactive"] = "never reached the serializer: the token was refused",
        ["auth-spaces"] = "never reached the serializer: the token was refused",
        ["http-accept-html"] = "the verdict came as a web page; the message was published",
        ["gcn-anonymous"] = "who is signed in is Hermes' affair",
        ["gcn-no-keyword"] = "the words a GCN title may have are GCN's, and change",
        ["tns-bad-filter"] = "the list of filters is TNS', and changes",
        ["tns-bad-instrument"] = "the list of instruments is TNS', and changes",
        ["reference-hop-unknown"] = "which messages there are only Hermes knows",
    };

    [Fact]
    public void Every_recorded_verdict_is_ours_too()
    {
        var (judged, bodies) = (0, HermesCases.Bodies());
        foreach (var recorded in HermesCases.Read())
        {
            var id = recorded["id"]!.GetValue<string>();
            if (recorded["serializer_valid"] is not { } valid || Exceptions.ContainsKey(id) || !IsSubmission(recorded["request"]!.AsObject()) || !bodies.TryGetValue(id, out var body))
            {
                continue;
            }

            var verdict = new HermesCheck(testTopicsOnly: recorded["mode"]!.GetValue<string>() == "dev").Check(body);
            Assert.True(valid.GetValue<bool>() == verdict is HermesVerdict.Valid, $"{id}: {Words(verdict, body)}");
            judged++;
        }

        Assert.True(judged >= 220, $"only {judged} verdicts were compared");
    }

    [Fact]
    public void Every_exception_is_a_recorded_case()
    {
        var ids = HermesCases.Read().Select(recorded => recorded["id"]!.GetValue<string>()).ToHashSet();
        Assert.All(Exceptions.Keys, id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Recorded_field_errors_are_ours_to_the_word()
    {
        var bodies = HermesCases.Bodies();
        foreach (var recorded in HermesCases.Read().Where(recorded => recorded["outcome"]!.GetValue<string>() == "rejected-400-fields"))
        {
            var id = recorded["id"]!.GetValue<string>();
            if (Exceptions.ContainsKey(id) || id.StartsWith("tns-", StringComparison.Ordinal) || !IsSubmission(recorded["request"]!.AsObject()) || !bodies.TryGetValue(id, out var body))
            {
                continue;
            }

            var verdict = new HermesCheck(testTopicsOnly: recorded["mode"]!.GetValue<string>() == "dev").Check(body);
            var ours = JsonNode.Parse(WireWriter.ToAnswer(Assert.IsType<HermesVerdict.Refused>(verdict).Errors));
            Assert.True(JsonNode.DeepEquals(recorded["response"]!["json"], ours), $"{id}: {recorded["response"]!["json"]!.ToJsonString()} became {ours!.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("""{"topic": "a?b=hermes.test"}""", "topic: not a topic name")]
    [InlineData("""{"submit_to_gcn": "false"}""", "submit_to_gcn: only true or false")]
    [InlineData("""{"data": {"targets": [{"name": "A", "ra": 10, "dec": "-05:30:00"}]}}""", "data.targets[0].dec: Hermes reads a declination with colons")]
    [InlineData("""{"data": {"targets": [{"name": "A", "ra": 10, "dec": 1, "redshift": "nan"}]}}""", "data.targets[0].redshift: not a finite number")]
    [InlineData("""{"data": {"targets": [{"name": "A", "ra": 10, "dec": 1, "file_info": [{"name": "a.txt"}]}]}}""", "data.targets[0].file_info: files are not sent")]
    public void What_Hermes_would_take_and_do_something_else_with_is_refused(string changes, string reason)
    {
        var message = JsonNode.Parse(Plain)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            message[name] = value?.DeepClone();
        }

        var fault = Assert.Throws<TomException>(() => Make(message.ToJsonString()));
        Assert.Equal(TomFault.Invalid, fault.Fault);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_of_one_s_own_goes_out_as_it_is_with_our_key_in_it()
    {
        var key = Guid.Parse("0f0e0d0c-1111-4222-8333-444455556666");
        var own = HermesOwnMessage.Make(new("hermes.test", Plain), new(), () => key);

        var sent = JsonNode.Parse(own.Part.Body)!.AsObject();
        Assert.Equal("0f0e0d0c-1111-4222-8333-444455556666", sent["data"]!["extra_data"]!["tom_orleans"]!["submission"]!.GetValue<string>());
        Assert.Equal(7, sent["data"]!["extra_data"]!["mine"]!.GetValue<int>());
        sent["data"]!["extra_data"]!.AsObject().Remove("tom_orleans");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Plain), sent), sent.ToJsonString());
        Assert.Equal(("hermes.test", "T", "AT2026abc", 1), (own.Topic, own.Title, Assert.Single(own.Targets), own.Points));
        Assert.IsType<HermesVerdict.Valid>(new HermesCheck().Check(own.Part.Body));
    }

    [Theory]
    [InlineData("{", "it is not JSON")]
    [InlineData("[]", "it is JSON, but no object")]
    [InlineData("{}", "title: This field is required.")]
    [InlineData("""{"title":"T","topic":"other","submitter":"s"}""", "topic: it says other, and hermes.test was ordered")]
    [InlineData("""{"title":"T","submitter":"s","data":null}""", "data: This field may not be null.")]
    [InlineData("""{"title":"T","submitter":"s","data":{"extra_data":[1]}}""", "data.extra_data: list")]
    [InlineData("""{"title":"T","submitter":"s","data":{"targets":[{"name":"A","ra":1,"dec":1}],"photometry":[{"target_name":"A","date_obs":"2026-07-01","telescope":"t"}]}}""",
        "data.photometry[0] (A, 2026-07-01).bandpass: This field is required.")]
    public void Faults_are_told_with_their_places(string text, string words) =>
        Assert.Contains(words, Assert.Throws<TomException>(() => HermesOwnMessage.Make(new("hermes.test", text), new(), Guid.NewGuid)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"submit_to_tns": false}""", false)]
    [InlineData("""{"submit_to_tns": true}""", true)]
    [InlineData("""{"submit_to_gcn": "false"}""", true)]
    [InlineData("nonsense", true)]
    public void What_is_passed_on_to_others_is_known(string body, bool isForwarded) => Assert.Equal(isForwarded, HermesOwnMessage.IsForwarded(Encoding.UTF8.GetBytes(body)));

    private const string Plain = """
        {"title":"T","topic":"hermes.test","submitter":"me","authors":"","message_text":"\u00e9","data":{"targets":[{"name":"AT2026abc","ra":33.2,"dec":42.2}],
         "photometry":[{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05Z","telescope":"1m0a","bandpass":"g","brightness":18.5}],"extra_data":{"mine":7}}}
        """;

    private static string Make(string text) => HermesOwnMessage.Make(new(null, text), new(), Guid.NewGuid).Title;

    private static bool IsSubmission(JsonObject request) => request["method"]!.GetValue<string>() == "POST" && request["path"]!.GetValue<string>().Contains("submit_message/", StringComparison.Ordinal);

    private static string Words(HermesVerdict verdict, byte[] body) => verdict switch
    {
        HermesVerdict.Refused refused => Encoding.UTF8.GetString(WireWriter.ToAnswer(refused.Errors)),
        _ => $"{verdict} for {Encoding.UTF8.GetString(body)}",
    };
}
