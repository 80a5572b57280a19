using System.Collections.Concurrent;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>Keeps points and cursors in memory by the rules of the tables: a point once by identity and content, a cursor moved only from where it stands.</summary>
/// <param name="keepPoints">False to call every point new and keep none.</param>
internal sealed class MemoryWriter(bool keepPoints) : IIngestWriter
{
    private readonly ConcurrentDictionary<long, Points> _points = new();
    private readonly ConcurrentDictionary<CursorKey, CursorMove> _cursors = new();

    /// <summary>Where each cursor stands, with its books up to there.</summary>
    public IReadOnlyDictionary<CursorKey, CursorMove> Cursors => _cursors;

    public bool KeepsPoints => keepPoints;

    /// <summary>Points of all targets, revisions not counted.</summary>
    public long CountPoints() => _points.Values.Sum(target => target.Identities);

    public Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows) =>
        Task.FromResult<IReadOnlyList<RowFate>>(!keepPoints ? new RowFate[rows.Count] : _points.GetOrAdd(targetId, static _ => new()).Append(rows));

    public Task<bool> MoveCursorAsync(CursorMove move)
    {
        if (_cursors.TryGetValue(move.Key, out var before) ? before.NextOffset != move.ExpectedOffset : move.ExpectedOffset != 0)
        {
            return Task.FromResult(false);
        }

        // Only the partition's worker moves it.
        _cursors[move.Key] = before is null ? move : move with
        {
            Consumed = before.Consumed + move.Consumed,
            Handled = before.Handled + move.Handled,
            Ignored = before.Ignored + move.Ignored,
            Parked = move.Parked.Count == 0 ? before.Parked : [.. before.Parked, .. move.Parked],
        };
        return Task.FromResult(true);
    }

    private sealed class Points
    {
        private readonly Dictionary<(long Identity, long Content), PhotometryRow> _rows = [];
        private readonly HashSet<long> _identities = [];

        public int Identities => _identities.Count;

        /// <summary>Called by the target's grain alone.</summary>
        public RowFate[] Append(IReadOnlyList<PhotometryRow> rows)
        {
            var fates = new RowFate[rows.Count];
            for (var i = 0; i < fates.Length; i++)
            {
                fates[i] = !_rows.TryAdd((rows[i].Identity, rows[i].Content), rows[i]) ? RowFate.Known
                    : _identities.Add(rows[i].Identity) ? RowFate.New
                    : RowFate.Revision;
            }

            return fates;
        }
    }
}
