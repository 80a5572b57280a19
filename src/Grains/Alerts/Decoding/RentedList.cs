using System.Buffers;
using System.Collections.Immutable;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// A list over a rented array, for the rows of one message: only the finished, exactly sized array is allocated. Dispose of it;
/// the default is empty and ready.
/// </summary>
internal ref struct RentedList<T>
{
    private T[]? _items;

    public int Count { get; private set; }

    public readonly Span<T> Items => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (_items is null || Count == _items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(16, 2 * Count));
            Items.CopyTo(larger);
            Return();
            _items = larger;
        }

        _items[Count++] = item;
    }

    public void Clear()
    {
        Items.Clear();
        Count = 0;
    }

    public readonly ImmutableArray<T> ToImmutable() => [.. Items];

    public void Dispose()
    {
        Return();
        Count = 0;
    }

    private void Return()
    {
        if (_items is not null)
        {
            Items.Clear();
            ArrayPool<T>.Shared.Return(_items);
            _items = null;
        }
    }
}
