using System.Collections.Immutable;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>What an import needs of the targets: who they are, what they hold, and that they take points.</summary>
public sealed class ImportTargets(TargetResolver resolver, PhotometryTable photometry, IGrainFactory grains)
{
    /// <summary>The ids of the normalised names that are known.</summary>
    public Task<Dictionary<string, long>> ResolveAsync(IReadOnlyCollection<string> names) => resolver.ResolveAsync(names);

    public Task<ImmutableArray<PointFate>> RecordAsync(long target, ImmutableArray<PhotometryPoint> points) => grains.Target(target).RecordPhotometryAsync(points);

    public Task<IReadOnlyList<PhotometryRow>> ReadAsync(long target) => photometry.ReadAsync(target);
}
