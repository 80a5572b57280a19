using System.Diagnostics;

namespace TomOrleans.Grains;

/// <summary>
/// Traces of the way from message to point to share. Spans are made a batch, a target and a submission at a time, and only where somebody listens. Names and attributes by OpenTelemetry's semantic conventions for
/// messaging, where they have a word for it.
/// </summary>
public static class TomTraces
{
    public const string SourceName = "TomOrleans";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A batch of a partition is handled by all its handlers.</summary>
    public static Activity? Process(string topic, int partition, long firstOffset, int messages) =>
        !Source.HasListeners() ? null : Source.StartActivity($"process {topic}", ActivityKind.Consumer)?
            .SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.type", "process")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.destination.partition.id", partition.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .SetTag("messaging.kafka.offset", firstOffset)
            .SetTag("messaging.batch.message_count", messages);

    /// <summary>Points of one target are stored.</summary>
    public static Activity? Record(long target, int points) =>
        Source.StartActivity("record photometry")?.SetTag("tom.target.id", target).SetTag("tom.points", points);

    /// <summary>One submission is sent: a part of the trace that its points were stored in, or, where these are several, one with links to them.</summary>
    /// <param name="traces">Of <see cref="Storage.Sharing.ShareRow.Trace"/>.</param>
    public static Activity? Share(string destination, long share, Guid key, string? traces)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var origins = (traces ?? "").Split('\n').Select(trace => ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default).Where(context => context != default).ToArray();
        return Source.StartActivity($"share {destination}", ActivityKind.Client, origins is [var one] ? one : default, links: origins.Select(origin => new ActivityLink(origin)))
            ?.SetTag("tom.destination", destination).SetTag("tom.share.id", share).SetTag("tom.submission.key", key);
    }
}
