using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class ArchiveTests
{
    [Fact]
    public void Messages_of_hopskotch_are_kept_for_30_days_but_heartbeats_and_messages_of_kafka_are_not()
    {
        var hopskotch = Stream(Hopskotch("", """{ "hermes.test": "hermes", "sys.heartbeat": "log", "beat": "heartbeat", "*": "log" }"""));
        Assert.Equal(["archive", "hermes"], hopskotch.Bindings[0].Handlers.Select(handler => handler.Id));
        Assert.Equal(TimeSpan.FromDays(30), hopskotch.Bindings[0].Handlers[0].Options.Archive);
        Assert.Equal(["log"], hopskotch.Bindings[1].Handlers.Select(handler => handler.Id));
        Assert.Equal(["heartbeat"], hopskotch.Bindings[2].Handlers.Select(handler => handler.Id));
        Assert.Equal(["archive", "log"], hopskotch.Bindings[3].Handlers.Select(handler => handler.Id));
        Assert.Equal(2L << 30, hopskotch.ArchiveBytes);

        Assert.Equal(["hermes"], Stream(Kafka("", """{ "a": "hermes" }""")).Bindings[0].Handlers.Select(handler => handler.Id));
    }

    [Fact]
    public void A_topics_own_entry_says_otherwise()
    {
        var stream = Stream(Kafka("\"ARCHIVE\": \"12h\", \"ARCHIVE_BYTES\": 5000000,", """
            {
              "a": ["hermes", { "HANDLER": "archive", "ARCHIVE": "90m" }],
              "b": ["hermes", { "HANDLER": "archive", "ARCHIVE": "off" }],
              "c": "archive",
              "sys.heartbeat": ["archive", "heartbeat"]
            }
            """));
        Assert.Equal(5_000_000, stream.ArchiveBytes);
        Assert.Equal(["archive", "hermes"], stream.Bindings[0].Handlers.Select(handler => handler.Id));
        Assert.Equal(TimeSpan.FromMinutes(90), stream.Bindings[0].Handlers[0].Options.Archive);
        Assert.Equal(["hermes"], stream.Bindings[1].Handlers.Select(handler => handler.Id));
        Assert.Equal(TimeSpan.FromHours(12), Assert.Single(stream.Bindings[2].Handlers).Options.Archive);
        Assert.Equal(["archive", "heartbeat"], stream.Bindings[3].Handlers.Select(handler => handler.Id));
    }

    [Fact]
    public void Who_names_the_handler_has_messages_kept_where_the_stream_does_not()
    {
        var stream = Stream(Kafka("", """{ "a": ["log", "archive"] }"""));
        Assert.Equal(TimeSpan.FromDays(30), stream.Bindings[0].Handlers[0].Options.Archive);
    }

    [Theory]
    [InlineData("\"ARCHIVE\": \"30 days\",", "{ \"a\": \"log\" }", "off, or for how long")]
    [InlineData("\"ARCHIVE\": 30,", "{ \"a\": \"log\" }", "off, or for how long")]
    [InlineData("\"ARCHIVE\": \"0d\",", "{ \"a\": \"log\" }", "off, or for how long")]
    [InlineData("\"ARCHIVE_BYTES\": 10,", "{ \"a\": \"log\" }", "ARCHIVE_BYTES")]
    [InlineData("", "{ \"a\": { \"HANDLER\": \"archive\", \"ARCHIVE\": \"off\" } }", "there is no other handler")]
    [InlineData("", "{ \"a\": { \"HANDLER\": \"archive\", \"ID\": \"b\" } }", "unknown key")]
    [InlineData("", "{ \"a\": [{ \"HANDLER\": \"log\", \"ID\": \"archive\" }, \"archive\"] }", "a second handler")]
    [InlineData("", "{ \"a\": { \"HANDLER\": \"log\", \"ID\": \"archive\" } }", "archive")]
    public void What_cannot_be_meant_is_refused(string options, string handlers, string says)
    {
        Assert.Contains(Read.Faults(Kafka(options, handlers)), fault => fault.Contains(says, StringComparison.Ordinal));
    }

    private static StreamConfiguration Stream(string json) => Read.Stream(json);

    private static string Kafka(string options, string handlers) =>
        $$"""{ "TOM_NAME": "A", "ALERT_STREAMS": [{ "NAME": "kafka", "OPTIONS": { "BOOTSTRAP_SERVERS": "h:1", {{options}} "TOPIC_HANDLERS": {{handlers}} } }] }""";

    private static string Hopskotch(string options, string handlers) =>
        $$"""{ "TOM_NAME": "A", "ALERT_STREAMS": [{ "NAME": "hopskotch", "OPTIONS": { "URL": "kafka://h/", "USERNAME": "u", "PASSWORD": "p", {{options}} "TOPIC_HANDLERS": {{handlers}} } }] }""";
}
