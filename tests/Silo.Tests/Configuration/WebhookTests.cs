using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

/// <summary>The handlers <c>webhook</c> and <c>stream</c> in TOPIC_HANDLERS.</summary>
public sealed class WebhookTests
{
    private const string Secret = "0123456789abcdef";

    [Fact]
    public void A_webhook_has_url_secret_time_out_and_batch_and_shows_neither_path_nor_secret()
    {
        var reading = Read.Text(
            Read.KafkaStream("", """ "a": { "HANDLER": "webhook", "URL": "https://hooks.example.org/T0/secret-path", "SECRET": "${HOOK}", "BATCH": 5 } """),
            new() { ["HOOK"] = Secret });

        var handler = Assert.Single(Assert.Single(Assert.Single(reading.Configuration!.Streams).Bindings).Handlers);
        Assert.Equal((HandlerKind.Webhook, "webhook"), (handler.Kind, handler.Name));
        Assert.Equal(("https://hooks.example.org/T0/secret-path", Secret, "10", "5"), (handler.Options.Own["URL"], handler.Options.Own["SECRET"], handler.Options.Own["TIMEOUT"], handler.Options.Own["BATCH"]));
        var shown = ConfigurationPrinter.Settings(reading);
        Assert.Contains("a.URL = https://hooks.example.org/...", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "webhook" """, "alone says not where to")]
    [InlineData(""" { "HANDLER": "webhook", "SECRET": "0123456789abcdef" } """, "TOPIC_HANDLERS.a.URL: missing; allowed: an https:// URL")]
    [InlineData(""" { "HANDLER": "webhook", "URL": "https://a.example.org/" } """, "TOPIC_HANDLERS.a.SECRET: missing")]
    [InlineData(""" { "HANDLER": "webhook", "URL": "http://a.example.org/x-y", "SECRET": "0123456789abcdef" } """, "TOPIC_HANDLERS.a.URL: a text given; allowed: an https:// URL, or an http:// one of this host")]
    [InlineData(""" { "HANDLER": "webhook", "URL": "https://a.example.org/", "SECRET": "short" } """, "TOPIC_HANDLERS.a.SECRET: too short; allowed: at least 16 characters")]
    [InlineData(""" { "HANDLER": "webhook", "URL": "https://a.example.org/", "SECRET": "0123456789abcdef", "TIMEOUT": 60 } """, "TOPIC_HANDLERS.a.TIMEOUT: 60 seconds; allowed: less than HANDLER_TIMEOUT")]
    [InlineData(""" { "HANDLER": "webhook", "URL": "https://a.example.org/", "SECRET": "0123456789abcdef", "BATCH": 0 } """, "TOPIC_HANDLERS.a.BATCH: the number 0 given; allowed: a number from 1 to 1000")]
    [InlineData(""" { "HANDLER": "webhook", "URL": "https://a.example.org/", "SECRET": "0123456789abcdef", "HEADERS": {} } """, "TOPIC_HANDLERS.a.HEADERS: unknown key")]
    [InlineData(""" { "HANDLER": "stream", "NAMESPACE": "a b" } """, "TOPIC_HANDLERS.a.NAMESPACE: \"a b\" given; allowed: 1 to 249 of the characters")]
    public void What_is_wrong_is_told(string handler, string words)
    {
        var fault = Read.Fault(Read.KafkaStream("", $"\"a\": {handler}"));
        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("x-y", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_handler_may_have_a_namespace_of_its_own()
    {
        var stream = Read.Stream(Read.KafkaStream("", """ "a": "stream", "b": { "HANDLER": "stream", "NAMESPACE": "both" } """));

        Assert.Empty(stream.Bindings[0].Handlers[0].Options.Own);
        Assert.Equal("both", stream.Bindings[1].Handlers[0].Options.Own["NAMESPACE"]);
    }
}
