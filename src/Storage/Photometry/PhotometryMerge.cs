namespace TomOrleans.Storage.Photometry;

/// <summary>
/// Decides what becomes of rows, against what is stored: pure, so that both databases follow one rule. Takes the rows of a group one after the other; a row sees what
/// those before it did. Valid only while the targets are locked.
/// </summary>
internal sealed class PhotometryMerge
{
    private readonly Dictionary<PointIdentity, List<Held>> _contents = [];
    private readonly Dictionary<long, Summary> _summaries = [];

    /// <summary>A stored content, as it stands in the database.</summary>
    public void AddStored(PointIdentity identity, long content, bool retracted, StoredSource? source) =>
        Contents(identity).Add(new Held(content, retracted, source));

    public RowFate Apply(StoredPoint point)
    {
        var contents = Contents(point.Identity);
        if (contents.Find(held => held.Content == point.Row.Content) is { } known)
        {
            Restate(point, known, contents);
            return RowFate.Known;
        }

        // What others pass on may have gone through their units: it is not to come back as a revision, and round and round from there.
        if (point.Row.IsSecondHand && contents.Count > 0 && !contents.Exists(held => held.Source?.Sender is { } sender && sender == point.Source?.Sender))
            return RowFate.Known;

        var fate = contents.Count == 0 ? RowFate.New : RowFate.Revision;
        contents.Add(new Held(point.Row.Content, point.Row.IsRetracted, point.Source) { Insert = point });
        if (!_summaries.TryGetValue(point.TargetId, out var summary))
            _summaries.Add(point.TargetId, summary = new Summary());
        summary.Include(point.Row.TimeMicroseconds, fate == RowFate.New);
        return fate;
    }

    /// <summary>Rows to insert, in key order.</summary>
    public IReadOnlyList<StoredPoint> Inserts => _contents.Values.SelectMany(held => held)
        .Where(held => held.Insert is not null)
        .Select(held => held.Insert! with { Source = held.Source })
        .OrderBy(point => (point.TargetId, point.Row.Identity, point.Row.Content)).ToArray();

    /// <summary>Stored rows whose source moves, in key order.</summary>
    public IReadOnlyList<(PointIdentity Identity, long Content, StoredSource Source)> SourceMoves => _contents
        .SelectMany(pair => pair.Value.Where(held => held.Moved && held.Insert is null).Select(held => (pair.Key, held.Content, held.Source!)))
        .OrderBy(move => (move.Key.TargetId, move.Key.Identity, move.Content)).ToArray();

    /// <summary>What the targets' summaries grow by, in the order of their ids.</summary>
    public IReadOnlyList<(long TargetId, long NewPoints, long First, long Last)> Summaries => _summaries
        .OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.NewPoints, pair.Value.First, pair.Value.Last)).ToArray();

    /// <summary>
    /// A value stated again after it was revised must be shown again, so its row goes on to the new message. A repeat of the very same message, or of the value that is
    /// shown anyway, changes nothing.
    /// </summary>
    private static void Restate(StoredPoint point, Held known, List<Held> contents)
    {
        if (point.Source is { } source
            && source.IsOtherThan(known.Source)
            && source.IsLaterThan(known.Source)
            && contents.Exists(other => other != known && !other.Retracted && other.IsShownOver(known)))
        {
            known.Source = source;
            known.Moved = true;
        }
    }

    private List<Held> Contents(PointIdentity identity)
    {
        if (!_contents.TryGetValue(identity, out var contents))
            _contents.Add(identity, contents = []);
        return contents;
    }

    private sealed class Held(long content, bool retracted, StoredSource? source)
    {
        public long Content { get; } = content;

        public bool Retracted { get; } = retracted;

        public StoredSource? Source { get; set; } = source;

        public bool Moved { get; set; }

        /// <summary>The row, where this group inserts it.</summary>
        public StoredPoint? Insert { get; init; }

        public bool IsShownOver(Held other) => ShownOrder.Compare(
            Source?.TimeMicroseconds, Source?.Offset, Content, other.Source?.TimeMicroseconds, other.Source?.Offset, other.Content) > 0;
    }

    private sealed class Summary
    {
        public long NewPoints { get; private set; }

        public long First { get; private set; } = long.MaxValue;

        public long Last { get; private set; } = long.MinValue;

        public void Include(long time, bool isNew)
        {
            NewPoints += isNew ? 1 : 0;
            First = Math.Min(First, time);
            Last = Math.Max(Last, time);
        }
    }
}
