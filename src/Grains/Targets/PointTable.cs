namespace TomOrleans.Grains.Targets;

/// <summary>
/// A part of what <see cref="KnownPoints"/> remembers: a hash table with open addressing in one array without references. A place is three numbers: identity (0: empty), content,
/// message.
/// </summary>
internal sealed class PointTable
{
    private const int FewestPlaces = 8;

    /// <summary>So many that the tables of a target are few: with small ones it is them, not the places in them, that the processor waits for.</summary>
    private const int UsualPlaces = 512;
    private const int Numbers = 3;

    /// <summary>One bit a halving; beyond it a table grows instead, as identities that collide on purpose cannot be told apart by halving.</summary>
    private const int DeepestSplit = 10;
    private long[] _numbers = new long[Numbers * FewestPlaces];
    private int _count;

    /// <summary>How many bits of their hash its identities have in common.</summary>
    public int Depth { get; private set; }

    /// <summary>Nothing more fits: it has to be split.</summary>
    public bool IsFull => _count >= Places / 8 * 7;

    private int Places => _numbers.Length / Numbers;

    /// <summary>What decides between the tables. The upper bits of the product depend on all bits of the identity.</summary>
    public static int HashOf(long identity) => (int)(((ulong)identity * 0x9E37_79B9_7F4A_7C15) >> 33);

    /// <summary>Where the identity is, or where there is room for it.</summary>
    public Span<long> PlaceOf(long identity)
    {
        // The identity is a hash already.
        var mask = Places - 1;
        var place = (int)identity & mask;
        while (_numbers[place * Numbers] is var there && there != 0 && there != identity)
        {
            place = (place + 1) & mask;
        }

        return _numbers.AsSpan(place * Numbers, Numbers);
    }

    /// <summary>Only where there is room for it.</summary>
    public void Add(long identity, long content, long message)
    {
        ReadOnlySpan<long> numbers = [identity, content, message];
        numbers.CopyTo(PlaceOf(identity));
        _count++;
    }

    /// <summary>Twice the places, while they are few.</summary>
    public bool TryGrow()
    {
        if (Places >= UsualPlaces && Depth < DeepestSplit)
        {
            return false;
        }

        var old = _numbers;
        _numbers = new long[2 * old.Length];
        _count = 0;
        for (var i = 0; i < old.Length; i += Numbers)
        {
            Copy(old.AsSpan(i, Numbers), this);
        }

        return true;
    }

    /// <summary>Keeps those with a zero as the next bit of their hash; the others are in the table it returns.</summary>
    public PointTable Split()
    {
        var bit = 1 << Depth;
        var other = new PointTable { Depth = ++Depth, _numbers = new long[_numbers.Length] };
        Span<long> all = stackalloc long[Numbers * UsualPlaces];
        _numbers.CopyTo(all);
        Array.Clear(_numbers);
        _count = 0;
        for (; !all.IsEmpty; all = all[Numbers..])
        {
            Copy(all[..Numbers], (HashOf(all[0]) & bit) == 0 ? this : other);
        }

        return other;
    }

    private static void Copy(ReadOnlySpan<long> place, PointTable to)
    {
        if (place[0] != 0)
        {
            to.Add(place[0], place[1], place[2]);
        }
    }
}
