namespace TomOrleans.Storage.Targets;

/// <summary>A merge or a removal that can be undone.</summary>
/// <param name="Id">Drawn by the database.</param>
/// <param name="IsMerge">Else a removal.</param>
/// <param name="TargetId">The target that went.</param>
/// <param name="Name">What it was called.</param>
/// <param name="IntoId">The other target of a merge.</param>
/// <param name="IntoName">What that was called then.</param>
/// <param name="Points">Measurements that the target had.</param>
/// <param name="AtMicroseconds">[us since 1970, UTC]</param>
/// <param name="By">Who did it.</param>
public sealed record TargetUndoRow(long Id, bool IsMerge, long TargetId, string Name, long? IntoId, string? IntoName, long Points, long AtMicroseconds, string By);

/// <summary>What a merge came to.</summary>
/// <param name="Undo">How to take it back.</param>
/// <param name="Moved">Identities that the other target got.</param>
/// <param name="Common">Identities that both had.</param>
public sealed record MergeResult(TargetUndoRow Undo, long Moved, long Common);

/// <summary>What an undo came to.</summary>
/// <param name="Undo">What was undone.</param>
/// <param name="LostAliases">Aliases that others have now.</param>
public sealed record UndoResult(TargetUndoRow Undo, IReadOnlyList<string> LostAliases);
