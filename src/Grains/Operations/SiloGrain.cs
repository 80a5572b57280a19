using System.Collections.Immutable;
using System.Diagnostics;
using TomOrleans.Grains.Placement;
using TomOrleans.Operations;
using TomOrleans.Storage;

namespace TomOrleans.Grains.Operations;

/// <summary>Speaks for the silo that it lives in.</summary>
[GrainType("silo"), OwnSiloPlacement]
public sealed class SiloGrain(ILocalSiloDetails silo, SiloIdentity identity, IConfigurationFile configuration, SiloChecks checks, DatabaseWatch database, TimeProvider time) : Grain, ISiloGrain
{
    public Task<SiloFacts> GetFactsAsync()
    {
        using var process = Process.GetCurrentProcess();
        return Task.FromResult(new SiloFacts
        {
            Name = silo.Name,
            Version = identity.Version,
            Configuration = configuration.Fingerprint,
            StartedMicroseconds = (long)(process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalMicroseconds,
            NowMicroseconds = Clock.Microseconds(DatabaseClock.MachineOf(time)),
            MemoryBytes = process.WorkingSet64,
            Gateway = identity.Gateway,
            DatabaseSilentMicroseconds = (long?)database.Silence?.TotalMicroseconds,
        });
    }

    public Task<ImmutableArray<string>> GetSharedSettingsAsync() => Task.FromResult(configuration.SharedSettings);

    public Task<ImmutableArray<CheckResult>> CheckAsync() => checks.RunAsync();

    public Task<ReloadPlan> PlanReloadAsync() => Task.FromResult(configuration.Plan());

    public Task ReloadAsync(string digest) => configuration.ApplyAsync(digest);
}
