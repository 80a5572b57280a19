using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>From the names in messages to target ids: cache first, then one query for all that are left, then, where asked for, new targets.</summary>
public sealed partial class TargetResolver(TargetTable targets, TargetNameCache cache, TimeProvider time, ILogger<TargetResolver> log) : IDisposable
{
    /// <summary>A target this close to a reported position is the same object [deg]: 1 arcsec.</summary>
    private const double SamePositionDegrees = 1.0 / 3600.0;
    private readonly SemaphoreSlim _creating = new(1, 1);

    /// <summary>The target of a name as it was given, if this silo has met it lately.</summary>
    public long? FindCached(string name) => cache.Find(name);

    /// <summary>A target that was found is gone: whatever this silo knows of names is looked up anew.</summary>
    public void Forget() => cache.Clear();

    /// <summary>The ids of the names that are known; names are normalised.</summary>
    public async Task<Dictionary<string, long>> ResolveAsync(IReadOnlyCollection<string> names)
    {
        var found = new Dictionary<string, long>(names.Count, StringComparer.Ordinal);
        List<string>? unknown = null;
        foreach (var name in names)
        {
            if (cache.TryGet(name, out var id))
            {
                found[name] = id;
            }
            else
            {
                (unknown ??= []).Add(name);
            }
        }

        if (unknown is not null)
        {
            foreach (var (name, id) in await targets.ResolveAsync(unknown))
            {
                cache.Remember(name, id);
                found[name] = id;
            }
        }

        return found;
    }

    /// <summary>
    /// The id of a reported target that no name finds: the one within 1 arcsec of it, else a new one, durable when this returns. Null when the name holds nothing to know it by.
    /// Safe to repeat and to race: a name belongs to one target.
    /// </summary>
    public async Task<long?> FindByPositionOrCreateAsync(ReportedTarget reported, string createdBy)
    {
        var name = TargetNames.Normalise(reported.Name);
        if (name.Length == 0)
        {
            return null;
        }

        // One at a time in this silo: partitions that name the same new object would each find the other's target by its position, or make two.
        await _creating.WaitAsync();
        try
        {
            return await FindOrCreateAsync(name, reported, createdBy);
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <summary>The target within 1 arcsec of a reported one; null where there is none, or it has no position. Changes nothing.</summary>
    public async Task<long?> FindByPositionAsync(ReportedTarget reported) =>
        reported is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec } && (await targets.FindInConeAsync(ra, dec, SamePositionDegrees)) is [var nearest, ..]
            ? nearest.Id
            : null;

    public void Dispose() => _creating.Dispose();

    private async Task<long> FindOrCreateAsync(string name, ReportedTarget reported, string createdBy)
    {
        if ((await targets.ResolveAsync([name])).TryGetValue(name, out var existing))
        {
            cache.Remember(name, existing);
            return existing;
        }

        if (reported is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec }
            && (await targets.FindInConeAsync(ra, dec, SamePositionDegrees)) is [var nearest, ..])
        {
            LogSamePosition(OneLine.Of(reported.Name), nearest.Id, nearest.SeparationDegrees * 3600);
            cache.Remember(name, nearest.Id);
            return nearest.Id;
        }

        var names = reported.Aliases.Prepend(reported.Name)
            .Select(given => new TargetNameEntry(given.Trim(), TargetNames.Normalise(given)))
            .Where(entry => entry.Normalised.Length > 0)
            .DistinctBy(entry => entry.Normalised)
            .ToImmutableArray();
        var (id, created) = await targets.CreateAsync(new NewTarget(
            names, reported.RightAscensionDegrees, reported.DeclinationDegrees, createdBy, Clock.Microseconds(time)));
        cache.Remember(name, id);
        if (created)
        {
            LogCreated(OneLine.Of(reported.Name), id, createdBy);
        }

        return id;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Target {Target} made ({Id}) by {CreatedBy}")]
    private partial void LogCreated(string target, long id, string createdBy);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Target} is taken for target {Id}, {Separation:F2} arcsec away")]
    private partial void LogSamePosition(string target, long id, double separation);
}
