using System.Collections.Concurrent;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Normalised name to target id, one a silo, bounded. Holds only names that were found: a name that is unknown now may be added a moment later. An entry of a target that was
/// removed or merged is dropped by <see cref="Forget"/> when its grain says so.
/// </summary>
public sealed class TargetNameCache
{
    private const int Capacity = 200_000;
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);

    /// <summary>The target of a name as it was given, not normalised.</summary>
    public long? Find(string name)
    {
        Span<char> normalised = stackalloc char[TargetNames.UsualLength];
        if (!TargetNames.TryNormalise(name, normalised, out var length))
        {
            return TryGet(TargetNames.Normalise(name), out var found) ? found : null;
        }

        return _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(normalised[..length], out var id) ? id : null;
    }

    public bool TryGet(string normalised, out long id) => _ids.TryGetValue(normalised, out id);

    public void Remember(string normalised, long id)
    {
        if (_ids.Count >= Capacity)
        {
            // Refilling costs one batched query a message batch; keeping an order of use would cost on every look-up.
            _ids.Clear();
        }

        _ids[normalised] = id;
    }

    public void Forget(string normalised) => _ids.TryRemove(normalised, out _);

    /// <summary>A name may mean another target now.</summary>
    public void Clear() => _ids.Clear();
}
