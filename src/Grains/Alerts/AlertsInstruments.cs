using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Latency;

namespace TomOrleans.Grains.Alerts;

/// <summary>Figures of the ingest in this silo. Told once a batch, after its fates are durable; what is observed is put together when somebody asks.</summary>
public sealed class AlertsInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "TomOrleans.Alerts";

    private static readonly double[] LatencyBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 86400];

    private readonly Counter<long> _messages;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _catchUpReads;
    private readonly Counter<long> _catchUpMessages;
    private readonly ObservableGauge<long> _parked;
    private readonly ConcurrentDictionary<string, StreamFigures> _streams = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<Measurement<long>> _parkedNow = [];

    public AlertsInstruments(IMeterFactory meters, LaneBoard lanes, LatencyBoard latencies)
    {
        var meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("tom.alerts.messages", "{message}", "Messages with a durable fate, by topic, handler and fate: handled, ignored, parked or lost.");
        _latency = meter.CreateHistogram<double>("tom.alerts.batch.latency", "s", "Time from the oldest record of a batch to its durable fate, by topic and handler.", advice: new() { HistogramBucketBoundaries = LatencyBounds });
        _catchUpReads = meter.CreateCounter<long>("tom.alerts.catchup.reads", "{read}", "Reads for handlers that are behind, by topic.");
        _catchUpMessages = meter.CreateCounter<long>("tom.alerts.catchup.messages", "{message}", "Messages that these reads brought, by topic.");
        _parked = meter.CreateObservableGauge("tom.alerts.parked", () => _parkedNow, "{message}", "Parked messages in the whole cluster, by topic and handler: each silo tells the same.");
        meter.CreateObservableGauge("tom.alerts.latency", () => Quantiles(latencies), "s", "Time from record to durable fate that a share of the last minute's messages did not exceed, by topic, handler and quantile.");
        meter.CreateObservableGauge("tom.alerts.lag", () => _streams.Values.SelectMany(stream => stream.Lags), "{message}", "Messages not read yet in the partitions that this silo reads, by topic and handler.");
        meter.CreateObservableGauge("tom.streams.connected", () => _streams.Select(stream => new Measurement<int>(stream.Value.IsConnected ? 1 : 0, new KeyValuePair<string, object?>("stream", stream.Key))), "1", "1 while this silo is connected to the stream's broker, by stream.");
        meter.CreateObservableGauge("tom.alerts.lanes.away", () => Away(lanes), "{partition}", "Partitions in which a handler does not get the live batches, by topic, handler and state.");
    }

    /// <summary>How a stream stands in this silo.</summary>
    /// <param name="stream">Its id.</param>
    /// <param name="isConnected">To its broker.</param>
    /// <param name="lags">Messages that a handler has before it, by topic as <c>stream/topic</c> and handler.</param>
    public void StreamIs(string stream, bool isConnected, IEnumerable<(string Topic, string Handler, long Messages)> lags) =>
        _streams[stream] = new(isConnected, [.. lags.Select(lag => new Measurement<long>(lag.Messages, new("topic", lag.Topic), new("handler", lag.Handler)))]);

    /// <summary>This silo reads it no more.</summary>
    public void StreamIsGone(string stream) => _streams.TryRemove(stream, out _);

    /// <summary>False while nobody looks at <c>tom.alerts.parked</c>.</summary>
    public bool IsParkedWatched => _parked.Enabled;

    /// <param name="topic">As <c>stream/topic</c>.</param>
    /// <param name="handler">Its id.</param>
    /// <param name="fate"><c>handled</c>, <c>ignored</c>, <c>parked</c> or <c>lost</c>.</param>
    /// <param name="messages">How many; none is not told.</param>
    public void OnFate(string topic, string handler, string fate, long messages)
    {
        if (messages > 0)
        {
            _messages.Add(messages, new("topic", topic), new("handler", handler), new("fate", fate));
        }
    }

    /// <param name="topic">As <c>stream/topic</c>.</param>
    /// <param name="handler">Its id.</param>
    /// <param name="longestMicroseconds">Of the batch's messages [us]; below 0 where none of them has a time.</param>
    public void OnLatency(string topic, string handler, long longestMicroseconds)
    {
        if (longestMicroseconds >= 0)
        {
            _latency.Record(longestMicroseconds / 1e6, new("topic", topic), new("handler", handler));
        }
    }

    public void OnCaughtUp(TopicName topic, int messages)
    {
        KeyValuePair<string, object?> where = new("topic", topic.ToString());
        _catchUpReads.Add(1, where);
        _catchUpMessages.Add(messages, where);
    }

    /// <summary>What is parked now, by topic and handler.</summary>
    public void ParkedAre(IEnumerable<(TopicName Topic, string Handler, long Messages)> parked) =>
        _parkedNow = [.. parked.Select(count => new Measurement<long>(count.Messages, new("topic", count.Topic.ToString()), new("handler", count.Handler)))];

    private sealed record StreamFigures(bool IsConnected, Measurement<long>[] Lags);

    private static IEnumerable<Measurement<double>> Quantiles(LatencyBoard latencies)
    {
        foreach (var (topic, handler, counts) in latencies.All())
        {
            if (LatencyQuantiles.Of(counts) is { } latency)
            {
                yield return new(latency.P50 / 1000, new("topic", topic.ToString()), new("handler", handler), new("quantile", "0.5"));
                yield return new(latency.P99 / 1000, new("topic", topic.ToString()), new("handler", handler), new("quantile", "0.99"));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Away(LaneBoard lanes) => lanes.All()
        .Where(lane => lane.Report.State != "live")
        .GroupBy(lane => (lane.Topic, lane.Report.Handler, State: lane.Report.State.Split(':')[0]))
        .Select(group => new Measurement<long>(
            group.LongCount(), new("topic", group.Key.Topic.ToString()), new("handler", group.Key.Handler), new("state", group.Key.State)));
}
