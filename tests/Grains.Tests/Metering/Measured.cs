using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TomOrleans.Grains.Tests.Metering;

/// <summary>A source of meters for what is tested, and what one of them measured. Safe on any thread.</summary>
internal sealed class Measured : IMeterFactory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly ConcurrentBag<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Measured(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this) && instrument.Meter.Name == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>What was measured so far, added up, or null: <c>tom.alerts.messages survey/alerts hermes handled</c>. Observed instruments are asked now.</summary>
    public double? this[string instrumentAndTags]
    {
        get
        {
            foreach (var gauge in _sums.Keys.Where(key => key.StartsWith('@')))
            {
                _sums.TryRemove(gauge, out _);
            }

            _listener.RecordObservableInstruments();
            return _sums.TryGetValue(instrumentAndTags, out var sum) || _sums.TryGetValue($"@{instrumentAndTags}", out sum) ? sum : null;
        }
    }

    /// <summary>Waits until a counter has come so far.</summary>
    public async Task ReachesAsync(string instrumentAndTags, double sum)
    {
        while (true)
        {
            var told = Volatile.Read(ref _told).Task;
            if (_sums.GetValueOrDefault(instrumentAndTags) >= sum)
            {
                return;
            }

            try
            {
                await told.WaitAsync(Patience, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"{instrumentAndTags} stands at {_sums.GetValueOrDefault(instrumentAndTags)}, not at {sum}; there are: {string.Join("; ", _sums.Keys)}");
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.IsObservable ? $"@{instrument.Name}" : instrument.Name;
        foreach (var tag in tags)
        {
            key += $" {tag.Value}";
        }

        _sums.AddOrUpdate(key, value, (_, before) => before + value);
        Interlocked.Exchange(ref _told, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
