using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// What a target's grain remembers of its rows: enough to say "known" without asking the database. Only saves reads and writes; the table's key decides.
/// A target with more than <see cref="Capacity"/> rows remembers nothing.
/// </summary>
public sealed class KnownPoints
{
    public const int Capacity = 5_000;
    private readonly Dictionary<long, Entry> _byIdentity = [];
    private bool _full;

    private KnownPoints()
    {
    }

    public static KnownPoints Unbounded() => new() { _full = true };

    public static KnownPoints Of(IEnumerable<PhotometryRow> rows)
    {
        var known = new KnownPoints();
        foreach (var row in rows)
        {
            known.Add(row);
        }

        return known;
    }

    /// <summary>The fate of a row that needs no database; null where the database must say.</summary>
    public PointFate? Judge(PhotometryRow row)
    {
        // A measurement with several contents is left to the database: a value that is stated again may have to be shown again.
        if (!_byIdentity.TryGetValue(row.Identity, out var entry) || entry.HasRevisions || entry.Content != row.Content)
        {
            return null;
        }

        return row.Source is { MessageId: { } id } source && id == entry.MessageId && entry.Location != LocationOf(source)
            ? PointFate.Repeat
            : PointFate.Known;
    }

    /// <summary>Takes note of a row that is durable.</summary>
    public void Add(PhotometryRow row)
    {
        if (_full)
        {
            return;
        }

        if (_byIdentity.TryGetValue(row.Identity, out var entry))
        {
            if (entry.Content != row.Content)
            {
                _byIdentity[row.Identity] = entry with { HasRevisions = true };
            }

            return;
        }

        if (_byIdentity.Count == Capacity)
        {
            _byIdentity.Clear();
            _full = true;
            return;
        }

        _byIdentity.Add(row.Identity, new(row.Content, row.Source?.MessageId ?? Guid.Empty, row.Source is { } source ? LocationOf(source) : 0, false));
    }

    private static long LocationOf(MessageSource source) => HashCode.Combine(source.Stream, source.Topic, source.Partition, source.Offset);

    private readonly record struct Entry(long Content, Guid MessageId, long Location, bool HasRevisions);
}
