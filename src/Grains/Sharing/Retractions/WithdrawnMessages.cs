using System.Collections.Immutable;
using TomOrleans.Storage.Sharing.Retractions;

namespace TomOrleans.Grains.Sharing.Retractions;

/// <summary>
/// Which messages are noted as withdrawn, as the database said within the last minute: whoever stores what messages bring asks for each batch, and reads the table once a minute. What a silo stores
/// before it knows of a withdrawal is marked by the next look at the archive.
/// </summary>
public sealed class WithdrawnMessages(RetractionTable table, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private volatile Kept? _kept;

    /// <summary>Their ids. Throws when the database does not answer.</summary>
    public async ValueTask<IReadOnlySet<Guid>> ReadAsync()
    {
        if (_kept is { } kept && time.GetElapsedTime(kept.Timestamp) < Lifetime)
        {
            return kept.Messages;
        }

        var timestamp = time.GetTimestamp();
        var messages = (await table.NotedAsync()).Keys.ToImmutableHashSet();
        _kept = new(messages, timestamp);
        return messages;
    }

    private sealed record Kept(ImmutableHashSet<Guid> Messages, long Timestamp);
}
