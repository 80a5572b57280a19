using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Hosting;

/// <summary>From the configuration's streams to what the grains subscribe to.</summary>
public static class StreamDefinitions
{
    public static IEnumerable<StreamDefinition> Of(TomConfiguration configuration) =>
        configuration.Streams.Where(stream => stream.Active).Select(Of);

    private static StreamDefinition Of(StreamConfiguration stream) => new()
    {
        Id = stream.Id,
        Kind = stream.Kind.ToString().ToLowerInvariant(),
        ArchiveBytes = stream.ArchiveBytes,
        Bindings = [.. stream.Bindings.Select(binding => new BindingDefinition(binding.TopicKey, [.. binding.Handlers.Select(handler => Of(handler, binding.TopicKey))]))],
        Settings = new()
        {
            Id = stream.Id,
            Client = stream.Client.ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal),
            GroupId = stream.GroupId,
            Topics = [.. stream.Bindings.Select(binding => binding.TopicKey)],
            Heartbeats = [.. HeartbeatsOf(stream)],
            ExpectsAbsentTopics = stream.Kind == StreamKind.Gcn,
            Start = Of(stream.Start),
            ClusterId = stream.ClusterId,
        },
    };

    private static IEnumerable<Streams.Kafka.HeartbeatSettings> HeartbeatsOf(StreamConfiguration stream) =>
        from binding in stream.Bindings
        let heartbeat = binding.Handlers.Select(handler => handler.Options.Heartbeat).FirstOrDefault(options => options is not null)
        where heartbeat is not null
        select new Streams.Kafka.HeartbeatSettings(binding.TopicKey, heartbeat.SilentAfter, heartbeat.ReconnectAfter, heartbeat.FailingAfter);

    private static HandlerDefinition Of(HandlerConfiguration handler, string topicKey) => new()
    {
        Id = handler.Id,
        Name = handler.Name,
        IgnoreTest = handler.Options.IgnoreTest,
        CreateTargets = handler.Options.CreateTargets == CreateTargets.Always,
        Timeout = handler.Options.Timeout,
        KeepFor = handler.Options.Archive,
        KeepsHeartbeats = handler.Options.IsArchiveAsked && MessageKeeper.IsHeartbeat(topicKey),
        Options = handler.Options.Own,
    };

    private static Streams.Kafka.StartPosition Of(Configuration.StartPosition start) => start.Kind switch
    {
        StartKind.Earliest => Streams.Kafka.StartPosition.Earliest,
        StartKind.Time => Streams.Kafka.StartPosition.At(start.Time!.Value),
        _ => Streams.Kafka.StartPosition.Latest,
    };
}
