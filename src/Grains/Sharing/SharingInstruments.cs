using System.Diagnostics.Metrics;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>Figures of the outbox. One a silo.</summary>
public sealed class SharingInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "TomOrleans.Sharing";

    private readonly Counter<long> _tries;
    private readonly Counter<long> _confirmed;
    private readonly Histogram<double> _duration;

    public SharingInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _tries = meter.CreateCounter<long>("tom.sharing.tries", "{try}", "Submissions tried, by destination and by the state that was durable afterwards.");
        _confirmed = meter.CreateCounter<long>("tom.sharing.confirmed", "{submission}", "Submissions proved delivered by their message coming back.");
        _duration = meter.CreateHistogram<double>("tom.sharing.duration", "s", "Time from sending a submission to its durable outcome.");
    }

    /// <summary>A try ended, and its outcome is durable. <see cref="ShareState.Queued"/> means that it will be tried again.</summary>
    public void OnTried(string destination, ShareState state, TimeSpan duration)
    {
        KeyValuePair<string, object?> where = new("destination", destination);
        _tries.Add(1, where, new("state", state.ToString()));
        _duration.Record(duration.TotalSeconds, where);
    }

    /// <summary>A message of ours came back on its topic before its answer did, or instead of it; that is durable.</summary>
    public void OnConfirmed(string destination) => _confirmed.Add(1, new KeyValuePair<string, object?>("destination", destination));
}
