using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Sharing;
using TomOrleans.Operations;
using TomOrleans.Storage;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Operations;

/// <summary>Who this TOM is, for status and messages.</summary>
public sealed record TomIdentity(string Name, bool IsSandbox);

[GrainType("tom"), StatelessWorker]
public sealed class TomGrain(TomIdentity identity, StreamCatalog catalog, TargetTable targets, DestinationReader destinations, TimeProvider time) : Grain, ITomGrain
{
    /// <summary>A silo that stands still holds up no status.</summary>
    private static readonly TimeSpan FactsLimit = TimeSpan.FromSeconds(2);

    public async Task<TomStatus> GetStatusAsync()
    {
        var silos = SilosAsync();
        var lost = LostSilos.ReadAsync(GrainFactory, time);
        var streams = Task.WhenAll(catalog.Streams.Select(stream => GrainFactory.Stream(stream.Id).GetStatusAsync()));
        var counts = targets.CountAsync();
        var outbox = destinations.ReadAsync();
        var notices = GrainFactory.Notices().ListAsync();
        var (targetCount, pointCount) = await counts;
        var rows = await silos;
        var open = (await notices).Where(notice => notice.IsOpen).ToImmutableArray();

        // What somebody has seen is known; the notice stays open until the silo is back.
        var missing = (await lost).Where(silo => !open.Any(notice => notice is { Kind: NoticeScout.SiloKind, IsNew: false } && notice.Subject == silo.Name));
        return new()
        {
            TomName = identity.Name,
            IsSandbox = identity.IsSandbox,
            Silos = rows,
            Streams = [.. await streams],
            Targets = targetCount,
            Points = pointCount,
            Destinations = await outbox,
            Notices = open,
            Problems = [.. missing.Select(silo => silo.Words), .. ClusterChecks.Differences(rows.Select(row => row.Facts).OfType<SiloFacts>())],
        };
    }

    public async Task<ImmutableArray<CheckResult>> CheckAsync()
    {
        var active = await ActiveAsync();
        var own = active.Select(silo => CheckAsync(silo)).ToArray();
        var clocks = Task.WhenAll(active.Select(ClockAsync));
        var settings = Task.WhenAll(active.Select(SettingsAsync));
        var results = ImmutableArray.CreateBuilder<CheckResult>();
        try
        {
            var status = await GetStatusAsync();
            results.AddRange(status.Problems.Select(problem => new CheckResult(null, "cluster", CheckState.Warning, problem)));
            results.AddRange(ClusterChecks.OfStatus(status));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            results.Add(new(null, "status", CheckState.Failed, OneLine.Of(fault.Message), "the findings of the silos below say more"));
        }

        results.AddRange(ClusterChecks.OfClocks((await clocks).SelectMany(reading => reading)));
        results.AddRange(ClusterChecks.DifferingSettings([.. (await settings).SelectMany(found => found)]).Select(line => new CheckResult(null, "cluster", CheckState.Warning, $"silos differ in {line}")));
        results.AddRange(ClusterChecks.OfLeapSeconds(Clock.Microseconds(time)));
        results.AddRange((await Task.WhenAll(own)).SelectMany(found => found));
        return results.ToImmutable();
    }

    public async Task<ReloadReport> ReloadAsync(bool dryRun)
    {
        var silos = await ActiveAsync();
        var plans = await Task.WhenAll(silos.Select(silo => PlanAsync(silo)));
        var faults = plans.SelectMany(plan => plan.Plan.Faults.Select(fault => silos.Length == 1 ? fault : $"{plan.Silo}: {fault}")).ToImmutableArray();
        if (faults.IsEmpty)
        {
            faults = [.. ClusterChecks.DifferingSettings([.. plans.Select(plan => (plan.Silo, plan.Plan.SharedSettings))]).Select(line => $"the silos would differ in {line}")];
        }

        var changes = plans.SelectMany(plan => plan.Plan.Changes).Distinct().ToImmutableArray();
        if (dryRun || faults.Length > 0)
        {
            return new() { Applied = [], Faults = faults, Changes = changes };
        }

        // One after the other: while one of them stops a stream for a moment, the others read it.
        var (applied, failed) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (silo, plan) in silos.Zip(plans))
        {
            try
            {
                await GrainFactory.Silo(silo.SiloAddress).ReloadAsync(plan.Plan.Digest);
                applied.Add(plan.Silo);
            }
            catch (Exception fault)
            {
                // Whatever it is: the silos after this one follow all the same.
                failed.Add($"{plan.Silo} could not follow: {OneLine.Of(fault.Message)}; repeat the reload, or restart that silo");
            }
        }

        return new() { Applied = applied.ToImmutable(), Faults = failed.ToImmutable(), Changes = changes };
    }

    private async Task<ImmutableArray<SiloStatusRow>> SilosAsync()
    {
        var silos = await GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true);
        return [.. await Task.WhenAll(silos.Select(RowAsync))];
    }

    private async Task<SiloStatusRow> RowAsync(MembershipEntry silo)
    {
        SiloFacts? facts = null;
        if (silo.Status == SiloStatus.Active)
        {
            var asked = GrainFactory.Silo(silo.SiloAddress).GetFactsAsync();
            await ((Task)asked.WaitAsync(FactsLimit, time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            facts = asked.IsCompletedSuccessfully ? await asked : null;
        }

        return new(silo.SiloName, silo.SiloAddress.Endpoint.ToString(), silo.Status.ToString().ToLowerInvariant(), facts?.Version ?? "unknown") { Facts = facts };
    }

    private async Task<MembershipEntry[]> ActiveAsync() =>
        [.. (await GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true)).Where(silo => silo.Status == SiloStatus.Active).OrderBy(silo => silo.SiloName, StringComparer.Ordinal)];

    private async Task<IEnumerable<CheckResult>> CheckAsync(MembershipEntry silo)
    {
        try
        {
            return await GrainFactory.Silo(silo.SiloAddress).CheckAsync();
        }
        catch (Exception fault) when (fault is TomException or TimeoutException or OrleansException)
        {
            return [new(silo.SiloName, "silo", CheckState.Failed, $"does not answer: {OneLine.Of(fault.Message)}", "look at its log")];
        }
    }

    private async Task<IEnumerable<(string Silo, long There, long Here, long Took)>> ClockAsync(MembershipEntry silo)
    {
        try
        {
            var (before, started) = (Clock.Microseconds(DatabaseClock.MachineOf(time)), time.GetTimestamp());
            var facts = await GrainFactory.Silo(silo.SiloAddress).GetFactsAsync().WaitAsync(FactsLimit, time);
            var took = (long)time.GetElapsedTime(started).TotalMicroseconds;
            return [(facts.Name, facts.NowMicroseconds, before + (took / 2), took)];
        }
        catch (Exception fault) when (fault is TomException or TimeoutException or OrleansException)
        {
            return [];
        }
    }

    private async Task<IEnumerable<(string Silo, ImmutableArray<string> Settings)>> SettingsAsync(MembershipEntry silo)
    {
        try
        {
            return [(silo.SiloName, await GrainFactory.Silo(silo.SiloAddress).GetSharedSettingsAsync().WaitAsync(FactsLimit, time))];
        }
        catch (Exception fault) when (fault is TomException or TimeoutException or OrleansException)
        {
            return [];
        }
    }

    private async Task<(string Silo, ReloadPlan Plan)> PlanAsync(MembershipEntry silo)
    {
        try
        {
            return (silo.SiloName, await GrainFactory.Silo(silo.SiloAddress).PlanReloadAsync());
        }
        catch (Exception fault) when (fault is TomException or TimeoutException or OrleansException)
        {
            return (silo.SiloName, new() { Faults = [$"its file is not known: {OneLine.Of(fault.Message)}"], Changes = [], Digest = "", SharedSettings = [] });
        }
    }
}
