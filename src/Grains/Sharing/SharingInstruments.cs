using System.Diagnostics.Metrics;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>Figures of the outbox. One a silo.</summary>
public sealed class SharingInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "TomOrleans.Sharing";

    private static readonly double[] DurationBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private readonly Counter<long> _tries;
    private readonly Counter<long> _confirmed;
    private readonly Histogram<double> _duration;
    private volatile IReadOnlyList<Measurement<long>> _shares = [];

    public SharingInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _tries = meter.CreateCounter<long>("tom.sharing.tries", "{try}", "Submissions tried, by destination and by the state that was durable afterwards.");
        _confirmed = meter.CreateCounter<long>("tom.sharing.confirmed", "{submission}", "Submissions proved delivered by their message coming back.");
        _duration = meter.CreateHistogram<double>("tom.sharing.duration", "s", "Time from sending a submission to its durable outcome.", advice: new() { HistogramBucketBoundaries = DurationBounds });
        meter.CreateObservableGauge("tom.sharing.shares", () => _shares, "{share}", "Shares in the whole cluster, by destination and state: each silo tells the same.");
    }

    /// <summary>A try ended, and its outcome is durable. <see cref="ShareState.Queued"/> means that it will be tried again.</summary>
    public void OnTried(string destination, ShareState state, TimeSpan duration)
    {
        KeyValuePair<string, object?> where = new("destination", destination);
        _tries.Add(1, where, new("state", state.ToString()));
        _duration.Record(duration.TotalSeconds, where);
    }

    /// <summary>How many shares there are now.</summary>
    public void SharesAre(IEnumerable<DestinationStatus> destinations) => _shares =
    [
        .. destinations.SelectMany(destination => new (string State, long Count)[]
            {
                ("queued", destination.Queued), ("delivered", destination.Delivered), ("rejected", destination.Rejected), ("unconfirmed", destination.Unconfirmed),
            }
            .Select(count => new Measurement<long>(count.Count, new("destination", destination.Name), new("state", count.State)))),
    ];

    /// <summary>A message of ours came back on its topic before its answer did, or instead of it; that is durable.</summary>
    public void OnConfirmed(string destination) => _confirmed.Add(1, new KeyValuePair<string, object?>("destination", destination));
}
