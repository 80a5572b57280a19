using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Targets;
using TomOrleans.Sandbox.Sky;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>Targets that were there long before the first message: in the database, active, and known by name.</summary>
internal static class KnownTargets
{
    private const int AtOnce = 500;

    public static async Task CreateAsync(Store store, IReadOnlyList<SkyTarget> targets)
    {
        await using var writer = new GroupCommitWriter(store.Database);
        var table = new TargetTable(store.Database, writer);
        await Task.WhenAll(targets.Select(target => table.CreateAsync(new NewTarget(
            [new(target.Name, TargetNames.Normalise(target.Name))], target.RightAscension, target.Declination, "bench", CreatedMicroseconds: 0))));
    }

    public static async Task ActivateAsync(BenchTom tom, IReadOnlyList<SkyTarget> targets)
    {
        var grains = tom.Services.GetRequiredService<IGrainFactory>();
        var ids = await tom.Services.GetRequiredService<TargetResolver>().ResolveAsync([.. targets.Select(target => TargetNames.Normalise(target.Name))]);
        foreach (var some in ids.Values.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(id => grains.Target(id).RecordPhotometryAsync([])));
        }
    }
}
