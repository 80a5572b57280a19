using System.Collections.Immutable;

namespace TomOrleans.Operations;

/// <summary>A setting that the file has now and the running silo does not, or the other way round.</summary>
/// <param name="Key">As in the file; entries of ALERT_STREAMS by their ID.</param>
/// <param name="Before">As it may be shown; null where it was absent. The same as <paramref name="After"/> for a changed secret.</param>
/// <param name="After">Null where it is absent now.</param>
[GenerateSerializer, Immutable, Alias("tom.setting-change")]
public sealed record SettingChange([property: Id(0)] string Key, [property: Id(1)] string? Before, [property: Id(2)] string? After);

/// <summary>What a silo found in its configuration file.</summary>
[GenerateSerializer, Immutable, Alias("tom.reload-plan")]
public sealed record ReloadPlan
{
    /// <summary>Why it cannot be taken over, one line each; empty where it can.</summary>
    [Id(0)] public required ImmutableArray<string> Faults { get; init; }
    [Id(1)] public required ImmutableArray<SettingChange> Changes { get; init; }

    /// <summary>Names this content of the file.</summary>
    [Id(2)] public required string Digest { get; init; }

    /// <summary>As <see cref="ISiloGrain.GetSharedSettingsAsync"/> would answer afterwards.</summary>
    [Id(3)] public required ImmutableArray<string> SharedSettings { get; init; }
}

/// <summary>What became of a reload.</summary>
[GenerateSerializer, Immutable, Alias("tom.reload-report")]
public sealed record ReloadReport
{
    /// <summary>Silos in which the file counts now; empty after a dry run or a refusal.</summary>
    [Id(0)] public required ImmutableArray<string> Applied { get; init; }

    /// <summary>Why nothing was changed, or which silo could not follow; one line each.</summary>
    [Id(1)] public required ImmutableArray<string> Faults { get; init; }
    [Id(2)] public required ImmutableArray<SettingChange> Changes { get; init; }
}
