using TomOrleans.Grains.Alerts;
using TomOrleans.Storage;

namespace TomOrleans.Silo.Api;

/// <summary>Whether this silo does its part: asked of its own parts alone, so that neither the others' troubles nor their health are taken for its own.</summary>
public sealed class Readiness(StreamCatalog catalog, LocalStreams streams, ISiloStatusOracle silos, TomDatabase database)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>Why it is not ready, one line each; empty where it is.</summary>
    public async Task<IReadOnlyList<string>> ReasonsAgainstAsync(CancellationToken cancellation)
    {
        var reasons = new List<string>();
        if (silos.CurrentStatus != SiloStatus.Active)
        {
            reasons.Add($"this silo is {silos.CurrentStatus.ToString().ToLowerInvariant()} in the cluster");
        }

        try
        {
            await database.ClockAsync(cancellation).WaitAsync(AnswerLimit, cancellation);
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            // Which one, is nobody's business who has no token.
            reasons.Add("the database does not answer");
        }

        reasons.AddRange(
            from stream in catalog.Streams
            let state = streams.StateOf(stream.Id) ?? "not started"

            // Whether it is connected is its own affair; that a topic is quiet, or gone, would make all silos unready at once, and nobody would be left to show it.
            where state != "connected" && !state.StartsWith("silent", StringComparison.Ordinal) && !state.StartsWith("failing", StringComparison.Ordinal)
            select $"stream {stream.Id}: {state}");
        return reasons;
    }
}
