namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>The Toolkit's dotted paths of classes and handlers beside our short names.</summary>
internal static class ToolkitNames
{
    private const string AlertStreams = "tom_alertstreams.alertstreams";

    public static IReadOnlyDictionary<string, StreamKind> Streams { get; } = new Dictionary<string, StreamKind>
    {
        ["hopskotch"] = StreamKind.Hopskotch,
        ["gcn"] = StreamKind.Gcn,
        ["kafka"] = StreamKind.Kafka,
        ["sandbox"] = StreamKind.Sandbox,
        [$"{AlertStreams}.hopskotch.HopskotchAlertStream"] = StreamKind.Hopskotch,
        [$"{AlertStreams}.gcn.GCNClassicAlertStream"] = StreamKind.Gcn,
    };

    /// <summary>The README names two handlers in a module that does not have them; people have copied that.</summary>
    public static IReadOnlyDictionary<string, HandlerKind> Handlers { get; } = new Dictionary<string, HandlerKind>
    {
        ["hermes"] = HandlerKind.Hermes,
        ["log"] = HandlerKind.Log,
        ["heartbeat"] = HandlerKind.Heartbeat,
        ["gcn-circular"] = HandlerKind.GcnCircular,
        ["gcn-notice"] = HandlerKind.GcnNotice,
        ["archive"] = HandlerKind.Archive,
        ["webhook"] = HandlerKind.Webhook,
        ["stream"] = HandlerKind.Stream,
        ["tom_dataproducts.alertstreams.hermes.hermes_alert_handler"] = HandlerKind.Hermes,
        [$"{AlertStreams}.hopskotch.alert_logger"] = HandlerKind.Log,
        [$"{AlertStreams}.gcn.alert_logger"] = HandlerKind.Log,
        [$"{AlertStreams}.alertstream.alert_logger"] = HandlerKind.Log,
        [$"{AlertStreams}.hopskotch.heartbeat_handler"] = HandlerKind.Heartbeat,
        [$"{AlertStreams}.gcn.heartbeat_handler"] = HandlerKind.Heartbeat,
        [$"{AlertStreams}.alertstream.heartbeat_handler"] = HandlerKind.Heartbeat,
    };

    public static string Short(StreamKind kind) => Streams.First(name => name.Value == kind).Key;

    public static string Short(HandlerKind kind) => Handlers.First(name => name.Value == kind).Key;
}
