using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class HandlerTests
{
    private static StreamConfiguration Stream(string handlers, string options = "") => Read.Stream(Read.KafkaStream(options, handlers));

    private static string Fault(string handlers, string options = "") => Read.Fault(Read.KafkaStream(options, handlers));

    [Fact]
    public void A_topic_has_a_name_an_object_or_a_list_of_these()
    {
        var stream = Stream("""
            "a": "log",
            "b.*": { "HANDLER": "hermes", "CREATE_TARGETS": "always" },
            "*": ["log", { "HANDLER": "log", "ID": "again", "HANDLER_TIMEOUT": 5 }, { "HANDLER": "heartbeat", "IGNORE_TEST": false }]
            """);

        Assert.Equal(["a", "b.*", "*"], stream.Bindings.Select(binding => binding.TopicKey));
        Assert.Equal(new HandlerConfiguration("log", "log", HandlerKind.Log, HandlerOptions.Default), Assert.Single(stream.Bindings[0].Handlers));
        Assert.Equal(CreateTargets.Always, Assert.Single(stream.Bindings[1].Handlers).Options.CreateTargets);
        Assert.Equal(["log", "again", "heartbeat"], stream.Bindings[2].Handlers.Select(handler => handler.Id));
        Assert.Equal(TimeSpan.FromSeconds(5), stream.Bindings[2].Handlers[1].Options.Timeout);
        Assert.False(stream.Bindings[2].Handlers[2].Options.IgnoreTest);
    }

    [Theory]
    [InlineData("tom_dataproducts.alertstreams.hermes.hermes_alert_handler", HandlerKind.Hermes)]
    [InlineData("tom_alertstreams.alertstreams.hopskotch.alert_logger", HandlerKind.Log)]
    [InlineData("tom_alertstreams.alertstreams.gcn.alert_logger", HandlerKind.Log)]
    [InlineData("tom_alertstreams.alertstreams.alertstream.alert_logger", HandlerKind.Log)]
    [InlineData("tom_alertstreams.alertstreams.hopskotch.heartbeat_handler", HandlerKind.Heartbeat)]
    public void The_Toolkit_s_paths_are_names_of_ours(string path, HandlerKind kind)
    {
        Assert.Equal(kind, Stream($"\"a\": \"{path}\"").Bindings[0].Handlers[0].Kind);
    }

    [Fact]
    public void A_heartbeat_has_thresholds_that_grow()
    {
        var stream = Stream("\"a\": \"heartbeat\", \"b\": { \"HANDLER\": \"heartbeat\", \"SILENT_AFTER\": 5, \"RECONNECT_AFTER\": 20, \"FAILING_AFTER\": 60.5 }, \"c\": \"log\"");

        Assert.Equal(HeartbeatOptions.Default, stream.Bindings[0].Handlers[0].Options.Heartbeat);
        Assert.Equal(new HeartbeatOptions(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60.5)), stream.Bindings[1].Handlers[0].Options.Heartbeat);
        Assert.Null(stream.Bindings[2].Handlers[0].Options.Heartbeat);
        Assert.Contains("none of them shorter than the one before", Fault("\"a\": { \"HANDLER\": \"heartbeat\", \"SILENT_AFTER\": 100 }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_the_stream_are_defaults_of_its_handlers()
    {
        var stream = Stream(
            """ "a": "hermes", "b": { "HANDLER": "hermes", "CREATE_TARGETS": "never", "IGNORE_TEST": true }, "c": "log" """,
            """ "CREATE_TARGETS": "always", "IGNORE_TEST": false, "HANDLER_TIMEOUT": 10, """);

        Assert.Equal(new HandlerOptions(CreateTargets.Always, false, TimeSpan.FromSeconds(10)), stream.Bindings[0].Handlers[0].Options);
        Assert.Equal(new HandlerOptions(CreateTargets.Never, true, TimeSpan.FromSeconds(10)), stream.Bindings[1].Handlers[0].Options);
        Assert.Equal(new HandlerOptions(CreateTargets.Never, false, TimeSpan.FromSeconds(10)), stream.Bindings[2].Handlers[0].Options);
    }

    [Theory]
    [InlineData("\"a\": \"hermse\"", "TOPIC_HANDLERS.a: \"hermse\" is no handler; did you mean hermes?")]
    [InlineData("\"a\": \"tom_dataproducts.alertstreams.hermes.hermes_alert_handle\"", "did you mean tom_dataproducts.alertstreams.hermes.hermes_alert_handler?")]
    [InlineData("\"a\": 7", "TOPIC_HANDLERS.a: the number 7 given; allowed: hermes, log")]
    [InlineData("\"a\": null", "TOPIC_HANDLERS.a: null given")]
    [InlineData("\"a\": []", "TOPIC_HANDLERS.a: a list given; allowed: at least one handler")]
    [InlineData("\"a\": [[\"log\"]]", "TOPIC_HANDLERS.a[0]: a list given")]
    [InlineData("\"a\": {}", "TOPIC_HANDLERS.a.HANDLER: missing")]
    [InlineData("\"a\": { \"HANDLER\": \"log\", \"CREATE_TARGETS\": \"always\" }", "TOPIC_HANDLERS.a.CREATE_TARGETS: unknown key")]
    [InlineData("\"a\": { \"HANDLER\": \"hermes\", \"CREATE_TARGET\": \"always\" }", "did you mean CREATE_TARGETS?")]
    [InlineData("\"a\": { \"HANDLER\": \"hermes\", \"CREATE_TARGETS\": \"sometimes\" }", "CREATE_TARGETS: \"sometimes\" given; allowed: never or always")]
    [InlineData("\"a\": { \"HANDLER\": \"hermes\", \"CREATE_TARGETS\": true }", "CREATE_TARGETS: the value true given; allowed: never or always")]
    [InlineData("\"a\": { \"HANDLER\": \"log\", \"HANDLER_TIMEOUT\": 0.5 }", "HANDLER_TIMEOUT: the number 0.5 given; allowed: a number from 1 to 3600 (seconds)")]
    [InlineData("\"a\": { \"HANDLER\": \"log\", \"HANDLER_TIMEOUT\": \"60\" }", "HANDLER_TIMEOUT: \"60\" given; allowed: a number from 1 to 3600 (seconds), without quotes")]
    [InlineData("\"a\": { \"HANDLER\": \"log\", \"IGNORE_TEST\": \"true\" }", "IGNORE_TEST: \"true\" given; allowed: true or false, without quotes")]
    [InlineData("\"a\": { \"HANDLER\": \"log\", \"ID\": \"a/b\" }", "ID: \"a/b\" given")]
    [InlineData("\"a\": [\"log\", \"log\"]", "TOPIC_HANDLERS.a[1]: a second handler with the ID \"log\"")]
    [InlineData("\"a b\": \"log\"", "TOPIC_HANDLERS[\"a b\"]: the name of a topic, or a pattern; allowed: 1 to 249")]
    [InlineData("\"a.**\": \"log\"", "TOPIC_HANDLERS[\"a.**\"]: the name of a topic")]
    [InlineData("\"\": \"log\"", "TOPIC_HANDLERS[\"\"]: the name of a topic")]
    [InlineData("", "TOPIC_HANDLERS: empty; allowed: at least one topic")]
    public void What_is_no_handler_is_refused(string handlers, string words)
    {
        Assert.Contains(words, Fault(handlers), StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_differ_by_case_and_their_dots_are_no_separators()
    {
        Assert.Equal(["a.b", "A.b", "A"], Stream(""" "a.b": "log", "A.b": "log", "A": "log" """).Bindings.Select(binding => binding.TopicKey));
    }
}
