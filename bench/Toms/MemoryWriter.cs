using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>Keeps points and cursors in memory by the rules of the tables: a point once by identity and content, a cursor moved only from where it stands.</summary>
/// <param name="keepPoints">False to call every point new and keep none.</param>
internal sealed class MemoryWriter(bool keepPoints) : IIngestWriter
{
    private readonly ConcurrentQueue<Points> _ready = new();
    private readonly ConcurrentDictionary<long, Points> _points = new();
    private readonly ConcurrentDictionary<CursorKey, CursorMove> _cursors = new();

    /// <summary>Where each cursor stands, with its books up to there.</summary>
    public IReadOnlyDictionary<CursorKey, CursorMove> Cursors => _cursors;

    public bool KeepsPoints => keepPoints;

    /// <summary>Makes room before anything is measured, as a database has its own: it would be counted as the TOM's allocations, and the pages of new memory as its work.</summary>
    /// <param name="targets">How many will come.</param>
    /// <param name="pointsATarget">How many of each, about.</param>
    public void Reserve(int targets, int pointsATarget)
    {
        for (var i = 0; i < targets; i++)
        {
            _ready.Enqueue(new(pointsATarget));
        }
    }

    /// <summary>Points of all targets, revisions not counted.</summary>
    public long CountPoints() => _points.Values.Sum(target => target.Identities);

    public Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows) =>
        Task.FromResult<IReadOnlyList<RowFate>>(!keepPoints ? new RowFate[rows.Count] : _points.GetOrAdd(targetId, Ready).Append(rows));

    private Points Ready(long targetId) => _ready.TryDequeue(out var points) ? points : new(0);

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
        /// <summary>The first content of each identity.</summary>
        private readonly Dictionary<long, long> _contents;
        private readonly HashSet<(long Identity, long Content)> _revisions = [];

        /// <summary>In the order in which they came.</summary>
        private readonly List<KeptRow> _rows;

        public Points(int expected)
        {
            // Not all targets come equally often.
            var room = (expected * 5 / 4) + 8;
            _contents = new(room);
            _rows = new(room);

            // The kernel makes a page when it is first written to.
            CollectionsMarshal.SetCount(_rows, room);
            CollectionsMarshal.AsSpan(_rows).Clear();
            _rows.Clear();
        }

        public int Identities => _contents.Count;

        /// <summary>Called by the target's grain alone.</summary>
        public RowFate[] Append(IReadOnlyList<PhotometryRow> rows)
        {
            var fates = new RowFate[rows.Count];
            for (var i = 0; i < fates.Length; i++)
            {
                fates[i] = Judge(rows[i].Identity, rows[i].Content);
                if (fates[i] != RowFate.Known)
                {
                    _rows.Add(new(rows[i]));
                }
            }

            return fates;
        }

        private RowFate Judge(long identity, long content) =>
            _contents.TryAdd(identity, content) ? RowFate.New
            : _contents[identity] == content || !_revisions.Add((identity, content)) ? RowFate.Known
            : RowFate.Revision;
    }

    /// <summary>The columns of a row, as a table has them: the row itself may go, as it does when a database has it.</summary>
    private readonly struct KeptRow(PhotometryRow row)
    {
        public readonly long Identity = row.Identity;
        public readonly long Content = row.Content;
        public readonly long TimeMicroseconds = row.TimeMicroseconds;
        public readonly string? TimeText = row.TimeText;
        public readonly string Bandpass = row.Bandpass;
        public readonly string? Telescope = row.Telescope;
        public readonly string? Instrument = row.Instrument;
        public readonly string Origin = row.Origin;
        public readonly string? MeasurementId = row.MeasurementId;
        public readonly double Value = row.Value ?? double.NaN;
        public readonly double Error = row.Error ?? double.NaN;
        public readonly double Limit = row.Limit ?? double.NaN;
        public readonly double ExposureSeconds = row.ExposureSeconds ?? double.NaN;
        public readonly int TimeForm = row.TimeForm;
        public readonly int Unit = row.Unit;
        public readonly int LimitUnit = row.LimitUnit;
        public readonly bool IsRetracted = row.IsRetracted;
        public readonly RowAside? Aside = row.Aside;
        public readonly string? Topic = row.Source?.Topic;
        public readonly int Partition = row.Source?.Partition ?? 0;
        public readonly long Offset = row.Source?.Offset ?? 0;
        public readonly Guid MessageId = row.Source?.MessageId ?? Guid.Empty;
        public readonly string? Sender = row.Source?.Sender;
        public readonly long MessageMicroseconds = row.Source?.TimeMicroseconds ?? 0;
    }
}
