using System.Collections.Immutable;
using TomOrleans.Events;

namespace TomOrleans.Grains.Events;

/// <summary>The last events, numbered as they came. Pure.</summary>
public sealed class EventRing(Guid feed, int capacity = 4_096)
{
    public const int PageSize = 500;

    private readonly TomEvent[] _events = new TomEvent[capacity];
    private long _next;

    public EventCursor End => new(feed, _next);

    public void Add(TomEvent happened) => _events[_next++ % capacity] = happened;

    public bool HasAfter(EventCursor cursor) => cursor.Feed != feed ? _next > 0 : cursor.Next < _next;

    /// <summary>What came since the cursor, as far as it is still here. A cursor of another feed saw nothing of this one.</summary>
    public EventPage After(EventCursor cursor)
    {
        var isOurs = cursor.Feed == feed;
        var oldest = Math.Max(0, _next - capacity);
        var wanted = isOurs ? Math.Clamp(cursor.Next, 0, _next) : 0;
        var first = Math.Max(wanted, oldest);
        var end = Math.Min(_next, first + PageSize);
        var events = ImmutableArray.CreateBuilder<TomEvent>((int)(end - first));
        for (var at = first; at < end; at++)
        {
            events.Add(_events[at % capacity]);
        }

        return new(events.MoveToImmutable(), new(feed, end), IsGap: !isOurs || first > wanted);
    }
}
