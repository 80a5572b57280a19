using System.Collections.Immutable;
using TomOrleans.Bench.Measuring;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>Passes everything on and reads the meter when the last of some handlers has durable fates for all messages, whether they were live all the way or not.</summary>
internal sealed class HandlerClock(IIngestWriter inner, IEnumerable<string> handlers, long messages) : IIngestWriter
{
    private readonly ImmutableDictionary<string, Count> _counts = handlers.ToImmutableDictionary(handler => handler, _ => new Count());
    private readonly TaskCompletionSource<Meter> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<Meter> EndAsync(TimeSpan patience)
    {
        try
        {
            return await _end.Task.WaitAsync(patience);
        }
        catch (TimeoutException exception)
        {
            var standing = string.Join(", ", _counts.Select(count => $"{count.Key} {count.Value.Consumed:N0}"));
            throw new BenchException($"Not all of {messages:N0} messages had a fate after {patience.TotalSeconds:N0} s: {standing}.", exception);
        }
    }

    public Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows) => inner.AppendPhotometryAsync(targetId, rows);

    public async Task<bool> MoveCursorAsync(CursorMove move)
    {
        var moved = await inner.MoveCursorAsync(move);
        if (moved && _counts.TryGetValue(move.Key.Handler, out var count)
            && count.Add(move.Consumed) >= messages && _counts.Values.All(other => other.Consumed >= messages))
        {
            _end.TrySetResult(Meter.Read());
        }

        return moved;
    }

    private sealed class Count
    {
        private long _consumed;

        public long Consumed => Interlocked.Read(ref _consumed);

        public long Add(long consumed) => Interlocked.Add(ref _consumed, consumed);
    }
}
