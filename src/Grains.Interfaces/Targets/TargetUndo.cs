using System.Collections.Immutable;

namespace TomOrleans.Targets;

public enum TargetUndoKind
{
    Merge = 1,
    Remove = 2,
}

/// <summary>A merge or removal that can be undone.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-undo")]
public sealed record TargetUndo
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required TargetUndoKind Kind { get; init; }

    /// <summary>The target that went.</summary>
    [Id(2)] public required long TargetId { get; init; }
    [Id(3)] public required string Name { get; init; }

    /// <summary>The target it was merged into; null for a removal.</summary>
    [Id(4)] public long? IntoId { get; init; }
    [Id(5)] public string? IntoName { get; init; }

    /// <summary>Its measurements at that time.</summary>
    [Id(6)] public required long Points { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(7)] public required long AtMicroseconds { get; init; }
    [Id(8)] public required string By { get; init; }

    /// <summary>Until when it can be undone [us since 1970, UTC].</summary>
    [Id(9)] public required long UntilMicroseconds { get; init; }
}

/// <summary>What a merge did.</summary>
/// <param name="Target">The target that stays, as it is now.</param>
/// <param name="Undo">How to take it back.</param>
/// <param name="Moved">Measurements that the target got.</param>
/// <param name="Common">Measurements that both had.</param>
[GenerateSerializer, Immutable, Alias("tom.target-merged")]
public sealed record TargetMerged([property: Id(0)] Target Target, [property: Id(1)] TargetUndo Undo, [property: Id(2)] long Moved, [property: Id(3)] long Common);

/// <summary>What an undo did.</summary>
/// <param name="Target">The target that is back.</param>
/// <param name="LostAliases">Aliases that another target has taken since.</param>
[GenerateSerializer, Immutable, Alias("tom.target-undone")]
public sealed record TargetUndone([property: Id(0)] Target Target, [property: Id(1)] ImmutableArray<string> LostAliases);
