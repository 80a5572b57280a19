using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// What a target's grain remembers of its rows: enough to say "known" without asking the database. Only saves reads and writes; the table's key decides.
/// A target with more than <see cref="Capacity"/> rows remembers nothing.
/// </summary>
/// <remarks>
/// Small hash tables (24 bytes a place, nothing in them for the garbage collector to follow), chosen by the lower bits of a hash: a table that is full is split in two, so that growing leaves
/// nothing behind (Fagin and others' extendible hashing).
/// </remarks>
public sealed class KnownPoints
{
    public const int Capacity = 5_000;

    /// <summary>Stands for several contents, and so for none: a content that happens to have this hash is left to the database too.</summary>
    private const long Several = long.MinValue;

    /// <summary>By as many bits as the deepest table has; one with fewer stands at several places.</summary>
    private PointTable[] _tables = [new()];
    private int _count;
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
        var place = TableOf(row.Identity).PlaceOf(row.Identity);
        if (place[0] != row.Identity || row.Identity == 0 || place[1] != row.Content || row.Content == Several)
        {
            return null;
        }

        return row.Source is { MessageId: not null } source && MessageOf(source) is var message && IsRepeat(message, place[2])
            ? PointFate.Repeat
            : PointFate.Known;
    }

    /// <summary>Takes note of a row that is durable.</summary>
    public void Add(PhotometryRow row)
    {
        // An empty place has identity 0, so a measurement with that hash is not remembered.
        if (_full || row.Identity == 0)
        {
            return;
        }

        var place = TableOf(row.Identity).PlaceOf(row.Identity);
        if (place[0] == row.Identity)
        {
            place[1] = place[1] == row.Content ? row.Content : Several;
            return;
        }

        if (_count == Capacity)
        {
            (_tables, _full) = ([new()], true);
            return;
        }

        while (TableOf(row.Identity) is { IsFull: true } full)
        {
            if (!full.TryGrow())
            {
                Split(full, PointTable.HashOf(row.Identity));
            }
        }

        _count++;
        TableOf(row.Identity).Add(row.Identity, row.Content, row.Source is { } source ? MessageOf(source) : 0);
    }

    private PointTable TableOf(long identity) => _tables[PointTable.HashOf(identity) & (_tables.Length - 1)];

    /// <param name="table">Which is full.</param>
    /// <param name="hash">Of any identity in it.</param>
    private void Split(PointTable table, int hash)
    {
        var bit = 1 << table.Depth;
        if (bit == _tables.Length)
        {
            _tables = [.. _tables, .. _tables];
        }

        var other = table.Split();
        for (var i = (hash & (bit - 1)) | bit; i < _tables.Length; i += 2 * bit)
        {
            _tables[i] = other;
        }
    }

    /// <summary>The message's id in the upper half, its place in the lower.</summary>
    private static long MessageOf(MessageSource source) =>
        ((long)(source.MessageId?.GetHashCode() ?? 0) << 32) | (uint)HashCode.Combine(source.Stream, source.Topic, source.Partition, source.Offset);

    private static bool IsRepeat(long message, long known) => message >> 32 == known >> 32 && (int)message != (int)known;
}
