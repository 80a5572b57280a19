using System.Net;
using System.Text;
using System.Text.Json;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Tests.Hermes;

public sealed class SubmissionTests
{
    [Fact]
    public async Task Accepted_message_is_published_with_Hermes_headers_in_order_and_its_uuid_answered()
    {
        await using var fixture = await StandInFixture.StartAsync();

        var uuid = await fixture.PublishAsync();

        var message = Assert.Single(fixture.Publisher.Messages);
        Assert.Equal(["topic", "_id", "_format", "title", "_sender"], message.Headers.Select(h => h.Key));
        Assert.Equal(uuid, new Guid(message.Headers[1].Value, bigEndian: true));
        Assert.Equal(["hermes.test", "json", "Photometry", "stand-in-credential"],
            message.Headers.Where(h => h.Key != "_id").Select(h => Encoding.UTF8.GetString(h.Value)));
    }

    [Fact]
    public async Task Published_value_is_normalised_and_carries_no_uuid()
    {
        await using var fixture = await StandInFixture.StartAsync();

        await fixture.PublishAsync(StandInFixture.Message(extra: ", \"submit_to_mpc\": false, \"uuid\": \"mine\""));

        const string Expected = """
            {"title": "Photometry", "topic": "hermes.test", "message_text": "", "submitter": "me", "authors": "",
             "data": {"targets": [{"name": "SN 2026abc", "ra": 150.1, "dec": 2.2, "ra_error_units": "degrees", "dec_error_units": "degrees",
             "epoch": "2000.0", "new_discovery": false}], "photometry": [{"target_name": "SN 2026abc", "date_obs": "2026-07-01T03:04:05Z",
             "telescope": "1m", "bandpass": "g", "brightness": 18.5, "brightness_unit": "AB mag", "limiting_brightness_unit": "AB mag"}],
             "extra_data": {"key": "abc-1"}}}
            """;
        Assert.Equal(
            Expected.Replace("\n", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(fixture.Publisher.Messages[0].Value.Span));
    }

    [Fact]
    public async Task Same_body_twice_is_two_messages()
    {
        await using var fixture = await StandInFixture.StartAsync();

        Assert.NotEqual(await fixture.PublishAsync(), await fixture.PublishAsync());
        Assert.Equal(2, fixture.Publisher.Messages.Count);
    }

    [Theory]
    [InlineData("/hermes.test", "code=TOPIC_EXCEPTION")]
    [InlineData(" hermes.test", "code=TOPIC_EXCEPTION")]
    [InlineData("a,b", "No topic specified")]
    [InlineData("hermes.private", "code=TOPIC_AUTHORIZATION_FAILED Broker: Topic authorization failed")]
    public async Task Topic_that_Kafka_will_not_have_is_a_400_with_its_words(string topic, string words)
    {
        await using var fixture = await StandInFixture.StartAsync(o => o.Accounts = [new StandInAccount { Token = "t", WritableTopics = ["hermes.test"] }]);

        using var answer = await fixture.SubmitAsync(StandInFixture.Message(topic: topic));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await StandInFixture.JsonOf(answer)).GetProperty("error").GetString();
        Assert.StartsWith("Error posting message to kafka: ", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Question_mark_in_a_topic_publishes_to_the_part_before_it()
    {
        await using var fixture = await StandInFixture.StartAsync();

        await fixture.PublishAsync(StandInFixture.Message(topic: "hermes.test?x=1"));

        Assert.Equal("hermes.test", fixture.Publisher.Messages[0].Topic);
    }

    [Fact]
    public async Task Refusal_by_the_broker_is_a_400_with_its_code()
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Publisher.Refuse = _ => new PublishRefusedException("_MSG_TIMED_OUT", "Local: Message timed out");

        using var answer = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Error posting message to kafka: Error communicating with Kafka: code=_MSG_TIMED_OUT Local: Message timed out",
            (await StandInFixture.JsonOf(answer)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Number_that_is_not_finite_is_published_and_answered_with_a_500_page()
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.SubmitAsync(StandInFixture.Message(StandInFixture.Row.Replace("18.5", "\"nan\"", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"brightness\": NaN", Encoding.UTF8.GetString(Assert.Single(fixture.Publisher.Messages).Value.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public async Task Data_that_is_no_object_crashes_submission_but_not_validation(string data)
    {
        await using var fixture = await StandInFixture.StartAsync();
        var body = $$"""{"title": "t", "topic": "hermes.test", "submitter": "s", "data": {{data}}}""";

        using var submitted = await fixture.SubmitAsync(body);
        using var validated = await fixture.PostAsync("submit_message/validate/", body);

        Assert.Equal(HttpStatusCode.InternalServerError, submitted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, validated.StatusCode);
        Assert.True((await StandInFixture.JsonOf(validated)).TryGetProperty("data", out _));
    }

    [Theory]
    [InlineData("submit_to_tns", "true")]
    [InlineData("submit_to_gcn", "\"false\"")]
    public async Task Forwarding_is_refused_rather_than_pretended(string flag, string value)
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.SubmitAsync(StandInFixture.Message(extra: $", \"{flag}\": {value}"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("not available in the stand-in", (await StandInFixture.JsonOf(answer)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Validation_never_publishes_and_always_answers_200()
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var good = await fixture.PostAsync("submit_message/validate/", StandInFixture.Message());
        using var bad = await fixture.PostAsync("submit_message/validate/", "{}");

        Assert.Equal("{}", await good.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, bad.StatusCode);
        Assert.Equal(["title", "topic", "submitter"], (await StandInFixture.JsonOf(bad)).EnumerateObject().Select(e => e.Name));
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Requests_are_kept_with_their_bodies_for_a_test_to_read()
    {
        await using var fixture = await StandInFixture.StartAsync();
        var next = fixture.Hermes.Requests.NextAsync(r => r.Method == "POST");

        await fixture.PublishAsync();

        Assert.Equal("Photometry", JsonDocument.Parse((await next).Body).RootElement.GetProperty("title").GetString());
        Assert.Equal(await next, Assert.Single(fixture.Hermes.Requests.Submissions));
    }
}
