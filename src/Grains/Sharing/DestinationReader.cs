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
        var standings = (await outbox.StandingsAsync()).ToDictionary(standing => standing.Destination, StringComparer.Ordinal);
        return catalog.All
            .Select(destination => destination.Options)
            .Select(options => Status(options, counts.GetValueOrDefault(options.Name), oldest.GetValueOrDefault(options.Name), standings.GetValueOrDefault(options.Name)))
            .ToImmutableArray();
    });

    private DestinationStatus Status(DestinationOptions options, DestinationCounts? counts, ShareRow? oldest, DestinationStanding? standing) => new()
    {
        Name = options.Name,
        DisplayName = options.DisplayName,
        Kind = options.Kind,
        Topics = options.UserTopics,
        State = State(options, oldest, standing),
        NextTryMicroseconds = standing is { PausedBy: null, Pace.Failures: > 0 } && oldest is not null ? standing.Pace.UntilMicroseconds : null,
        Queued = counts?.Queued ?? 0,
        Delivered = counts?.Delivered ?? 0,
        Rejected = counts?.Rejected ?? 0,
        Unconfirmed = counts?.Unconfirmed ?? 0,
    };

    private string State(DestinationOptions options, ShareRow? oldest, DestinationStanding? standing) =>
        standing?.PausedBy is { } by ? $"paused by {by}"
        : standing is { Pace: { Failures: > 0, Reason: var reason } pace } && (oldest is not null || pace.Failures >= options.PauseAfter)
            ? $"{(pace.Failures >= options.PauseAfter ? "paused" : "backing off")}: {reason}"
        : oldest is null ? "ready"
        : oldest.State == (int)ShareState.Sending && oldest.DueMicroseconds > Clock.Microseconds(time) ? "looking for what was not answered"
        : "sending";
}
