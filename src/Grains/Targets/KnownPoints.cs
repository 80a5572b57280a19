using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// What a target's grain remembers of its rows: enough to say "known" without asking the database. Only saves reads and writes; the table's key decides.
/// A target with more than <see cref="Capacity"/> rows remembers nothing.
/// </summary>
/// <remarks>
/// A hash table with open addressing in three arrays without references: 24 bytes a place, nothing in them for the garbage collector to follow, and none of them so large that
/// it becomes a large object.
/// </remarks>
public sealed class KnownPoints
{
    public const int Capacity = 5_000;

    /// <summary>Stands for several contents, and so for none: a content that happens to have this hash is left to the database too.</summary>
    private const long Several = long.MinValue;
    private const int FewestPlaces = 8;
    private long[] _identities = new long[FewestPlaces];
    private long[] _contents = new long[FewestPlaces];
    private long[] _messages = new long[FewestPlaces];
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
        var place = PlaceOf(row.Identity);
        if (_identities[place] != row.Identity || row.Identity == 0 || _contents[place] != row.Content || row.Content == Several)
        {
            return null;
        }

        return row.Source is { MessageId: not null } source && MessageOf(source) is var message && IsRepeat(message, _messages[place])
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

        var place = PlaceOf(row.Identity);
        if (_identities[place] == row.Identity)
        {
            _contents[place] = _contents[place] == row.Content ? row.Content : Several;
            return;
        }

        if (_count == Capacity)
        {
            (_identities, _contents, _messages, _full) = (new long[1], [], [], true);
            return;
        }

        if (_count >= _identities.Length / 8 * 7)
        {
            Grow();
            place = PlaceOf(row.Identity);
        }

        _count++;
        (_identities[place], _contents[place], _messages[place]) = (row.Identity, row.Content, row.Source is { } source ? MessageOf(source) : 0);
    }

    /// <summary>Where the identity is, or where there is room for it.</summary>
    private int PlaceOf(long identity)
    {
        // The identity is a hash already.
        var mask = _identities.Length - 1;
        var place = (int)identity & mask;
        while (_identities[place] != 0 && _identities[place] != identity)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private void Grow()
    {
        var (identities, contents, messages) = (_identities, _contents, _messages);
        _identities = new long[2 * identities.Length];
        _contents = new long[_identities.Length];
        _messages = new long[_identities.Length];
        for (var i = 0; i < identities.Length; i++)
        {
            if (identities[i] != 0)
            {
                var place = PlaceOf(identities[i]);
                (_identities[place], _contents[place], _messages[place]) = (identities[i], contents[i], messages[i]);
            }
        }
    }

    /// <summary>The message's id in the upper half, its place in the lower.</summary>
    private static long MessageOf(MessageSource source) =>
        ((long)(source.MessageId?.GetHashCode() ?? 0) << 32) | (uint)HashCode.Combine(source.Stream, source.Topic, source.Partition, source.Offset);

    private static bool IsRepeat(long message, long known) => message >> 32 == known >> 32 && (int)message != (int)known;
}
