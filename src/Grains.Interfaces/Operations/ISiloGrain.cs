using System.Collections.Immutable;

namespace TomOrleans.Operations;

/// <summary>One silo of the cluster, told and asked by <see cref="ITomGrain"/>; it lives in that silo and nowhere else. Key: the silo's Orleans address, as a parsable text. Not open to clients.</summary>
[Alias("tom.silo")]
public interface ISiloGrain : IGrainWithStringKey
{
    [Alias("facts")]
    Task<SiloFacts> GetFactsAsync();

    /// <summary>The settings in which all silos of the cluster must agree, one <c>KEY = value</c> each, without secrets.</summary>
    [Alias("settings")]
    Task<ImmutableArray<string>> GetSharedSettingsAsync();

    /// <summary>Checks what only this silo can: its file, disk, database and the way to the destinations. Changes nothing.</summary>
    [Alias("check"), ResponseTimeout("00:00:40")]
    Task<ImmutableArray<CheckResult>> CheckAsync();

    /// <summary>What taking over the configuration file as it is now would come to. Changes nothing.</summary>
    [Alias("plan"), ResponseTimeout("00:01:00")]
    Task<ReloadPlan> PlanReloadAsync();

    /// <summary>
    /// Takes the configuration file over. Streams that change are stopped in order first, and read on at their cursors. Throws <see cref="TomException"/> where the file is no longer the one that was planned with.
    /// Safe to repeat.
    /// </summary>
    [Alias("reload"), ResponseTimeout("00:05:00")]
    Task ReloadAsync(string digest);
}

/// <summary>What a silo says of itself.</summary>
[GenerateSerializer, Immutable, Alias("tom.silo-facts")]
public sealed record SiloFacts
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required string Version { get; init; }

    /// <summary>Fingerprint of the settings in which all silos must agree.</summary>
    [Id(2)] public required string Configuration { get; init; }

    /// <summary>When its process began [us since 1970, UTC].</summary>
    [Id(3)] public required long StartedMicroseconds { get; init; }

    /// <summary>What its clock says now [us since 1970, UTC].</summary>
    [Id(4)] public required long NowMicroseconds { get; init; }

    /// <summary>Memory of its process [bytes].</summary>
    [Id(5)] public required long MemoryBytes { get; init; }

    /// <summary>Where clients reach it, <c>ip:port</c>.</summary>
    [Id(6)] public required string Gateway { get; init; }

    /// <summary>How long ago the cluster's database answered this silo [us]; null where it does not look, or is of a version before that.</summary>
    [Id(7)] public long? DatabaseSilentMicroseconds { get; init; }
}
