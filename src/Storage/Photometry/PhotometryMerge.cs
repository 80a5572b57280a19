namespace TomOrleans.Storage.Photometry;

/// <summary>
/// Decides what becomes of rows, against what is stored: pure, so that both databases follow one rule. Takes the rows of a group one after the other; a row sees what
/// those before it did. Valid only while the targets are locked.
/// </summary>
internal sealed class PhotometryMerge
{
    private readonly Dictionary<PointIdentity, List<Held>> _contents = [];
    private readonly Dictionary<PointStatement, Statement> _statements = [];
    private readonly Dictionary<long, Summary> _summaries = [];
    private readonly HashSet<long> _witnessed = [];
    private readonly HashSet<PointIdentity> _revised = [];

    /// <summary>A stored content, as it stands in the database.</summary>
    public void AddStored(PointIdentity identity, long content, bool retracted, StoredSource? source) =>
        Contents(identity).Add(new Held(content, retracted, source));

    /// <summary>A stored statement, of any identity.</summary>
    /// <param name="statement">What is stated.</param>
    /// <param name="identity">Of which measurement.</param>
    /// <param name="origin">By whom.</param>
    /// <param name="isRevised">The identity has other contents too, or this one was withdrawn: it may be that it is not shown.</param>
    public void AddStatement(PointStatement statement, long identity, int origin, bool isRevised)
    {
        StatementOf(statement).Add(identity, origin);
        if (isRevised)
            _revised.Add(new(statement.TargetId, identity));
    }

    /// <summary>In this target several origins state the same: a revision may part them, and then its measurements have to be counted anew.</summary>
    public void AddWitnessed(long targetId) => _witnessed.Add(targetId);

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
            return RowFate.Withheld;

        var statement = StatementOf(point.Statement);
        var isFirst = statement.Add(point.Row.Identity, point.Origin);
        var fate = contents.Count > 0 ? RowFate.Revision : isFirst ? RowFate.New : RowFate.Witness;
        contents.Add(new Held(point.Row.Content, point.Row.IsRetracted, point.Source) { Insert = fate == RowFate.Witness ? point with { IsWitness = true } : point });
        if (!_summaries.TryGetValue(point.TargetId, out var summary))
            _summaries.Add(point.TargetId, summary = new Summary());
        if (fate == RowFate.Revision)
            _revised.Add(point.Identity);
        if (!isFirst)
            _witnessed.Add(point.TargetId);

        // What is not shown of another origin does not stand for this one.
        var mustCount = fate == RowFate.Revision ? _witnessed.Contains(point.TargetId) : !isFirst && statement.Identities.Exists(identity => _revised.Contains(new(point.TargetId, identity)));
        summary.Include(point.Row.TimeMicroseconds, fate, !isFirst, mustCount);
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
    public IReadOnlyList<TargetGrowth> Summaries => _summaries
        .OrderBy(pair => pair.Key).Select(pair => new TargetGrowth(pair.Key, pair.Value.NewPoints, pair.Value.Witnesses, pair.Value.First, pair.Value.Last)).ToArray();

    /// <summary>The targets whose measurements must be counted once the rows are in, in the order of their ids.</summary>
    public IReadOnlyList<long> Recounts => _summaries.Where(pair => pair.Value.MustCount).Select(pair => pair.Key).Order().ToArray();

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

    private Statement StatementOf(PointStatement statement)
    {
        if (!_statements.TryGetValue(statement, out var known))
            _statements.Add(statement, known = new());
        return known;
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

    /// <summary>Who states a value of a time, band and telescope. What one origin states twice, under ids of its own, are two measurements.</summary>
    private sealed class Statement
    {
        private readonly Dictionary<int, int> _byOrigin = [];

        public List<long> Identities { get; } = [];

        /// <summary>True when this is a measurement more: no other origin has stated it as often.</summary>
        public bool Add(long identity, int origin)
        {
            Identities.Add(identity);
            var most = _byOrigin.Count == 0 ? 0 : _byOrigin.Values.Max();
            return (_byOrigin[origin] = _byOrigin.GetValueOrDefault(origin) + 1) > most;
        }
    }

    private sealed class Summary
    {
        public long NewPoints { get; private set; }

        public long Witnesses { get; private set; }

        public bool MustCount { get; private set; }

        public long First { get; private set; } = long.MaxValue;

        public long Last { get; private set; } = long.MinValue;

        public void Include(long time, RowFate fate, bool isWitness, bool mustCount)
        {
            NewPoints += fate == RowFate.New ? 1 : 0;
            Witnesses += isWitness ? 1 : 0;
            MustCount |= mustCount;
            First = Math.Min(First, time);
            Last = Math.Max(Last, time);
        }
    }
}

/// <summary>What a group adds to a target's summary.</summary>
internal readonly record struct TargetGrowth(long TargetId, long NewPoints, long Witnesses, long First, long Last);
