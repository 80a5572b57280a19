using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using TomOrleans.Grains.Sharing;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Hears of each outcome that became durable in the silos that have it as their source of meters, in order: what tests wait for.</summary>
internal sealed class OutcomeWatch : IMeterFactory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<ShareState> _states = Channel.CreateUnbounded<ShareState>();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<Meter> _meters = [];

    public OutcomeWatch()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this) && instrument.Meter.Name == SharingInstruments.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _states.Writer.TryWrite(State(instrument.Name, tags)));
        _listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public async Task<ShareState> NextAsync(string awaited)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await _states.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no outcome was noted within {Patience}; awaited: {awaited}");
        }
    }

    /// <summary>The next outcome that is an end: neither queued again nor looked for.</summary>
    public async Task<ShareState> NextEndAsync(string awaited)
    {
        ShareState state;
        while ((state = await NextAsync(awaited)) is ShareState.Queued or ShareState.Sending)
        {
        }

        return state;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }

    private static ShareState State(string instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "state")
            {
                return Enum.Parse<ShareState>((string)tag.Value!);
            }
        }

        return instrument == "tom.sharing.confirmed" ? ShareState.Delivered : throw new InvalidOperationException($"{instrument} has no state");
    }
}
