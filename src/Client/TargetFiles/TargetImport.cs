using TomOrleans.Targets;

namespace TomOrleans.Client.TargetFiles;

/// <summary>What became of a row.</summary>
internal enum TargetOutcome
{
    /// <summary>Made; or, in a dry run, would be.</summary>
    Added,

    /// <summary>A target has the name already, and was left as it is.</summary>
    Known,

    /// <summary>Not made, for the reason that is given.</summary>
    Refused,
}

/// <summary>A row with what became of it.</summary>
internal sealed record TargetResult(TargetLine Line, TargetOutcome Outcome, string? Reason);

/// <summary>Makes the targets of a file, several at once. Safe to repeat: what was made is known then.</summary>
internal sealed class TargetImport(ITargetDirectoryGrain directory, bool isDryRun)
{
    private const int AtOnce = 16;
    private const int NamesAtOnce = 5_000;
    private int _done;

    /// <summary>The results in the order of the file. Throws what a silo threw for a fault of its own; targets that were made until then stay.</summary>
    public async Task<IReadOnlyList<TargetResult>> RunAsync(IReadOnlyList<TargetLine> lines, Action<double> tell, CancellationToken cancellation)
    {
        var holders = await HoldersAsync([.. lines.Where(line => line.Draft is not null).Select(line => line.Name!)]);
        var results = new TargetResult[lines.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, lines.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (at, _) =>
        {
            results[at] = await TakeAsync(lines[at], holders);
            tell((double)Interlocked.Increment(ref _done) / lines.Count);
        });
        return results;
    }

    private async Task<TargetResult> TakeAsync(TargetLine line, Dictionary<string, string> holders)
    {
        if (line.Draft is not { } draft)
        {
            return new(line, TargetOutcome.Refused, line.Fault);
        }

        if (holders.TryGetValue(draft.Name, out var holder))
        {
            return new(line, TargetOutcome.Known, holder == draft.Name ? null : $"a name of {holder}");
        }

        if (isDryRun)
        {
            return new(line, TargetOutcome.Added, null);
        }

        try
        {
            await directory.AddAsync(draft);
            return new(line, TargetOutcome.Added, null);
        }
        catch (TomException refusal) when (refusal.Fault is TomFault.Invalid or TomFault.Conflict)
        {
            return new(line, TargetOutcome.Refused, refusal.Message);
        }
    }

    /// <summary>The names that targets have, as they were asked for, and the targets' own.</summary>
    private async Task<Dictionary<string, string>> HoldersAsync(IReadOnlyCollection<string> names)
    {
        var holders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in names.Distinct(StringComparer.Ordinal).Chunk(NamesAtOnce))
        {
            foreach (var match in (await directory.ResolveAsync([.. some])).Where(match => match.Name is not null))
            {
                holders[match.Asked] = match.Name!;
            }
        }

        return holders;
    }
}
