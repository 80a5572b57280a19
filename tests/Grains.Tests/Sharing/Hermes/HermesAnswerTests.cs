using System.Text;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

public sealed class HermesAnswerTests
{
    private const string Json = "application/json";
    private const string Html = "text/html; charset=utf-8";

    [Fact]
    public void Uuid_is_the_receipt()
    {
        var outcome = HermesAnswer.Classify(200, Json, """{"title":"T","data":{},"uuid":"9c5f6ef4-26fc-4eb3-98ff-2aafa3d9b9e7"}""");

        Assert.Equal(new SendOutcome.Delivered("9c5f6ef4-26fc-4eb3-98ff-2aafa3d9b9e7"), outcome);
    }

    [Theory]
    [InlineData("""{"title":"T","data":{}}""")]
    [InlineData("""{"uuid":"soon"}""")]
    [InlineData("""{"uuid":null}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    public void Two_hundred_without_a_uuid_proves_nothing(string body) => Assert.IsType<SendOutcome.Ambiguous>(HermesAnswer.Classify(200, Json, body));

    [Fact]
    public void Html_page_with_200_may_hide_a_published_message() => Assert.IsType<SendOutcome.Ambiguous>(HermesAnswer.Classify(200, Html, "<!DOCTYPE html>"));

    [Fact]
    public void Account_without_credential_is_refused_for_an_operator_though_the_status_is_200()
    {
        var outcome = HermesAnswer.Classify(200, Json, """{"error":"User account does not have an associated SCIMMA auth credential. Please logout and log back in."}""");

        var words = Assert.IsType<SendOutcome.Refused>(outcome).Words;
        Assert.Contains("SCIMMA auth credential", words, StringComparison.Ordinal);
        Assert.Contains("operator", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_text_means_that_a_redirect_made_a_GET_of_it() =>
        Assert.Contains("BASE_URL", Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(200, Json, """{"message":"This endpoint ..."}""")).Words, StringComparison.Ordinal);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(308)]
    public void Redirect_is_a_fault_of_the_configuration(int status) =>
        Assert.Contains("BASE_URL", Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(status, Html, "")).Words, StringComparison.Ordinal);

    [Fact]
    public void Field_errors_become_lines_with_the_place_in_the_message()
    {
        var outcome = HermesAnswer.Classify(
            400,
            Json,
            """
            {"title":["This field may not be blank."],
             "data":{"photometry":[{},{},{},{"bandpass":["This field is required."],"brightness":["A valid number is required.","Too odd."]}],
                     "targets":[{"aliases":{"1":["This field may not be blank."]}},["This field may not be null."]],
                     "non_field_errors":["Expected a dictionary."]}}
            """);

        Assert.Equal(
            """
            title: This field may not be blank.
            data.photometry[3].bandpass: This field is required.
            data.photometry[3].brightness: A valid number is required. Too odd.
            data.targets[0].aliases[1]: This field may not be blank.
            data.targets[1]: This field may not be null.
            data: Expected a dictionary.
            """.ReplaceLineEndings("\n"),
            Assert.IsType<SendOutcome.Refused>(outcome).Words);
    }

    [Fact]
    public void Thousand_bad_rows_give_twenty_lines_and_a_count()
    {
        var rows = string.Join(',', Enumerable.Repeat("""{"bandpass":["This field is required."]}""", 1000));

        var lines = Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(400, Json, $$$"""{"data":{"photometry":[{{{rows}}}]}}""")).Words.Split('\n');

        Assert.Equal(21, lines.Length);
        Assert.Equal("... and 980 more", lines[^1]);
    }

    [Theory]
    [InlineData("Error communicating with Kafka: code=TOPIC_AUTHORIZATION_FAILED Broker: Topic authorization failed")]
    [InlineData("Error communicating with Kafka: code=MSG_SIZE_TOO_LARGE Broker: Message size too large")]
    [InlineData("Error communicating with Kafka: code=TOPIC_EXCEPTION Broker: Invalid topic")]
    [InlineData("Error communicating with Kafka: code=UNKNOWN_TOPIC_OR_PART Broker: Unknown topic or partition")]
    public void Broker_that_refuses_is_final(string error) =>
        Assert.Contains(error, Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(400, Json, KafkaError(error))).Words, StringComparison.Ordinal);

    [Theory]
    [InlineData("Error communicating with Kafka: code=_MSG_TIMED_OUT Local: Message timed out")]
    [InlineData("1 messages remain unsent, some data may have been lost!")]
    [InlineData("Error communicating with Kafka: code=_TRANSPORT Local: Broker transport failure")]
    public void Broker_that_was_silent_leaves_doubt(string error) =>
        Assert.Contains(error, Assert.IsType<SendOutcome.Ambiguous>(HermesAnswer.Classify(400, Json, KafkaError(error))).Reason, StringComparison.Ordinal);

    [Fact]
    public void Server_error_page_leaves_doubt_as_Hermes_may_crash_after_publishing() =>
        Assert.IsType<SendOutcome.Ambiguous>(HermesAnswer.Classify(500, Html, "<h1>Server Error (500)</h1>"));

    [Theory]
    [InlineData(408)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void Front_that_lost_the_application_leaves_doubt_and_is_left_alone_as_long_as_it_says(int status) =>
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SendOutcome.Ambiguous>(HermesAnswer.Classify(status, Html, "", TimeSpan.FromSeconds(7))).RetryAfter);

    [Fact]
    public void Busy_front_is_tried_again_when_it_says() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SendOutcome.Retry>(HermesAnswer.Classify(429, Html, "", TimeSpan.FromSeconds(7))).RetryAfter);

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public void Bad_token_waits_for_an_operator(int status)
    {
        var words = Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(status, Json, """{"detail":"Invalid token."}""")).Words;

        Assert.StartsWith("Invalid token.", words, StringComparison.Ordinal);
        Assert.Contains("HERMES_API_KEY", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(406)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(418)]
    public void Other_client_errors_are_final(int status) => Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(status, Html, "<html>"));

    [Fact]
    public void Endless_words_are_cut() => Assert.True(Assert.IsType<SendOutcome.Refused>(HermesAnswer.Classify(400, "text/plain", new string('x', 50_000))).Words.Length < 2100);

    [Fact]
    public void Every_recorded_answer_is_judged_by_what_really_landed_on_the_topic()
    {
        var judged = 0;
        foreach (var recorded in HermesCases.Read().Where(IsSubmission))
        {
            var response = recorded["response"]!.AsObject();
            var body = response["json"]?.ToJsonString() ?? response["text"]?.GetValue<string>() ?? "";

            var outcome = HermesAnswer.Classify(response["status"]!.GetValue<int>(), response["content_type"]?.GetValue<string>(), body);

            var published = recorded["published"]!.AsArray();
            var name = $"{recorded["id"]}: {outcome}";
            if (published.Count == 0)
            {
                Assert.False(outcome is SendOutcome.Delivered, name);
            }
            else
            {
                Assert.False(outcome is SendOutcome.Refused or SendOutcome.Retry, name);
                if (outcome is SendOutcome.Delivered delivered)
                {
                    Assert.Equal(published[0]!["headers"]!["_id"]!.GetValue<string>(), delivered.Receipt);
                }
            }

            Assert.Equal(recorded["outcome"]!.GetValue<string>() == "published", outcome is SendOutcome.Delivered);
            judged++;
        }

        Assert.True(judged > 200, $"only {judged} recorded answers were judged");
    }

    [Fact]
    public void Every_recorded_answer_is_of_the_class_that_its_outcome_says()
    {
        foreach (var recorded in HermesCases.Read().Where(IsSubmission))
        {
            var response = recorded["response"]!.AsObject();
            var body = response["json"]?.ToJsonString() ?? response["text"]?.GetValue<string>() ?? "";
            var outcome = HermesAnswer.Classify(response["status"]!.GetValue<int>(), response["content_type"]?.GetValue<string>(), body);

            var id = recorded["id"]!.GetValue<string>();
            var isRight = recorded["outcome"]!.GetValue<string>() switch
            {
                "published" => outcome is SendOutcome.Delivered,
                "rejected-400-fields" => outcome is SendOutcome.Refused { IsOfAccount: false, Words.Length: > 0 },
                "rejected-400-error-text" => id == "kafka-timedout" ? outcome is SendOutcome.Ambiguous : outcome is SendOutcome.Refused { IsOfAccount: false },
                "rejected-400-unparsable" => outcome is SendOutcome.Refused { IsOfAccount: false },
                "not-published-though-200" or "http-403" or "http-404" or "http-405" or "http-415" => outcome is SendOutcome.Refused { IsOfAccount: true },
                "published-but-no-success-answer" or "http-500" => outcome is SendOutcome.Ambiguous,
                var other => throw new InvalidOperationException($"no rule for {other}"),
            };
            Assert.True(isRight, $"{id}: {outcome}");
        }
    }

    [Fact]
    public void Field_errors_name_the_target_and_the_point_that_was_sent()
    {
        var sent = Encoding.UTF8.GetBytes("""{"data":{"targets":[{"name":"AT2026abc"}],"photometry":[{},{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05Z","bandpass":"g"}]}}""");

        var outcome = HermesAnswer.Classify(400, Json, """{"data":{"targets":[{"dec":["Too odd."]}],"photometry":[{},{"brightness":["A valid number is required."]}]}}""", sent: sent);

        Assert.Equal(
            "data.targets[0] (AT2026abc).dec: Too odd.\ndata.photometry[1] (AT2026abc, 2026-07-01T03:04:05Z, g).brightness: A valid number is required.",
            Assert.IsType<SendOutcome.Refused>(outcome).Words);
    }

    private static bool IsSubmission(JsonObject recorded) =>
        recorded["request"]!["path"]!.GetValue<string>() == "/api/v0/submit_message/" && recorded["request"]!["method"]!.GetValue<string>() == "POST";

    private static string KafkaError(string text) => new JsonObject { ["error"] = "Error posting message to kafka: " + text }.ToJsonString();
}
