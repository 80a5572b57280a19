using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>The topics that a handler <c>hermes</c> has a cursor in, and is still configured for.</summary>
public sealed class HeardTopics(StreamCatalog catalog, CursorTable cursors) : IHeardTopics
{
    private const string HandlerName = "hermes";

    public async Task<IReadOnlyList<string>> ReadAsync() =>
    [
        .. (await cursors.ReadAllAsync())
            .Where(row => catalog.Find(new TopicName(row.Key.Stream, row.Key.Topic))?.Handlers.Any(handler => handler.Id == row.Key.Handler && handler.Name == HandlerName) == true)
            .Select(row => row.Key.Topic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
