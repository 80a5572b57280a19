using System.Reflection;
using Orleans.Concurrency;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Sharing;
using TomOrleans.Operations;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Operations;

/// <summary>Who this TOM is, for status and messages.</summary>
public sealed record TomIdentity(string Name, bool IsSandbox);

[GrainType("tom"), StatelessWorker]
public sealed class TomGrain(TomIdentity identity, StreamCatalog catalog, TargetTable targets, DestinationReader destinations) : Grain, ITomGrain
{
    private static readonly string Version =
        typeof(TomGrain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public async Task<TomStatus> GetStatusAsync()
    {
        var silos = GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true);
        var streams = Task.WhenAll(catalog.Streams.Select(stream => GrainFactory.Stream(stream.Id).GetStatusAsync()));
        var counts = targets.CountAsync();
        var outbox = destinations.ReadAsync();
        var notices = GrainFactory.Notices().ListAsync();
        var (targetCount, pointCount) = await counts;
        return new()
        {
            TomName = identity.Name,
            IsSandbox = identity.IsSandbox,
            Silos = [.. (await silos).Select(silo => new SiloStatusRow(
                silo.SiloName, silo.SiloAddress.Endpoint.ToString(), silo.Status.ToString().ToLowerInvariant(), Version))],
            Streams = [.. await streams],
            Targets = targetCount,
            Points = pointCount,
            Destinations = await outbox,
            Notices = [.. (await notices).Where(notice => notice.IsOpen)],
        };
    }
}
