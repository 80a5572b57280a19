using System.Collections.Immutable;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>How the configured destinations are, from the outbox's tables: asks no destination and no grain.</summary>
public sealed class DestinationReader(DestinationCatalog catalog, OutboxTable outbox, TimeProvider time)
{
    /// <summary>In the configuration's order. Throws <see cref="TomException"/> (<see cref="TomFault.Unavailable"/>) when the database does not answer.</summary>
    public Task<ImmutableArray<DestinationStatus>> ReadAsync() => OutboxFaults.TranslateAsync(async () =>
    {
        var counts = (await outbox.CountsAsync()).ToDictionary(count => count.Destination, StringComparer.Ordinal);
        var oldest = (await outbox.OldestOpenAsync()).ToDictionary(share => share.Destination, StringComparer.Ordinal);
        return catalog.All
            .Select(destination => destination.Options)
            .Select(options => Status(options, counts.GetValueOrDefault(options.Name), oldest.GetValueOrDefault(options.Name)))
            .ToImmutableArray();
    });

    private DestinationStatus Status(DestinationOptions options, DestinationCounts? counts, ShareRow? oldest) => new()
    {
        Name = options.Name,
        DisplayName = options.DisplayName,
        Kind = options.Kind,
        Topics = options.UserTopics,
        State = State(oldest),
        Queued = counts?.Queued ?? 0,
        Delivered = counts?.Delivered ?? 0,
        Rejected = counts?.Rejected ?? 0,
        Unconfirmed = counts?.Unconfirmed ?? 0,
    };

    private string State(ShareRow? oldest) =>
        oldest is null ? "ready"
        : oldest.State != (int)ShareState.Sending && oldest.LastError is { } error && oldest.DueMicroseconds > Clock.Microseconds(time) ? $"backing off: {OneLine.Of(error)}"
        : "sending";
}
