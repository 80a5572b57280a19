namespace TomOrleans.HermesRules.PythonJson;

/// <summary>
/// A JSON object as Python's reader sees it: ordered, the last of two equal keys wins at the place of the first.
/// Values are null, <see cref="bool"/>, <see cref="string"/>, <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>,
/// <see cref="WireList"/> or <see cref="WireObject"/>.
/// </summary>
public sealed class WireObject : OrderedDictionary<string, object?>
{
    public WireObject()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The value under <paramref name="key"/>; null when the key is absent or its value is null.</summary>
    public object? Get(string key) => TryGetValue(key, out var value) ? value : null;
}

/// <summary>A JSON array; its items are those of <see cref="WireObject"/>.</summary>
public sealed class WireList : List<object?>
{
    public WireList()
    {
    }

    public WireList(IEnumerable<object?> items)
        : base(items)
    {
    }

    public static WireList Of(params object?[] items) => new(items);
}
