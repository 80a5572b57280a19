using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Events;

/// <summary>The events for those who are no grains: consoles, pages, programs. Keeps the last few thousand in memory. Key <see cref="TomEvents.Key"/>.</summary>
[Alias("tom.event-feed")]
public interface IEventFeedGrain : IGrainWithStringKey
{
    /// <summary>
    /// The events since the cursor, oldest first, at most 500; where there is none yet, waits for one, at most 20 s. Repeating with the same cursor is safe. Ask again with the answer's
    /// cursor, also when it came without events. Throws <see cref="TomException"/> <see cref="TomFault.Unavailable"/> while its silo stops: ask again a moment later.
    /// </summary>
    /// <param name="since">Null: from now on; answers at once, with the cursor alone.</param>
    [Alias("next"), AllowRole(TomRole.Reader), ResponseTimeout("00:00:40")]
    Task<EventPage> NextAsync(EventCursor? since);
}

/// <summary>A place in the feed.</summary>
/// <param name="Feed">The feed's activation: one that was made anew begins anew.</param>
/// <param name="Next">The first event that was not seen.</param>
[GenerateSerializer, Immutable, Alias("tom.event-cursor")]
public readonly record struct EventCursor([property: Id(0)] Guid Feed, [property: Id(1)] long Next);

/// <param name="Events">Oldest first.</param>
/// <param name="Next">For the next call.</param>
/// <param name="IsGap">Events may be missing before these: the caller was too slow, or the feed began anew.</param>
[GenerateSerializer, Immutable, Alias("tom.event-page")]
public sealed record EventPage(
    [property: Id(0)] ImmutableArray<TomEvent> Events, [property: Id(1)] EventCursor Next, [property: Id(2)] bool IsGap);
