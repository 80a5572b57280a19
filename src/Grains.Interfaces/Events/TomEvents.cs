using Orleans.Streams;

namespace TomOrleans.Events;

/// <summary>
/// Where the events are: one Orleans stream of <see cref="TomEvent"/> for the whole cluster. Grains subscribe with <see cref="TomEventStreams.GetTomEvents"/>, or by carrying
/// <c>[ImplicitStreamSubscription(TomEvents.Namespace)]</c>. Clients cannot: they ask <see cref="IEventFeedGrain"/>.
/// </summary>
public static class TomEvents
{
    /// <summary>Name of the stream provider.</summary>
    public const string Provider = "tom-events";

    public const string Namespace = "tom.events";

    /// <summary>Key of the one stream, and of the grain that an implicit subscription activates.</summary>
    public const string Key = "all";

    public static StreamId Stream => StreamId.Create(Namespace, Key);
}

public static class TomEventStreams
{
    extension(IStreamProvider provider)
    {
        /// <summary>The stream, from the provider named <see cref="TomEvents.Provider"/>.</summary>
        public IAsyncStream<TomEvent> GetTomEvents() => provider.GetStream<TomEvent>(TomEvents.Stream);
    }
}
