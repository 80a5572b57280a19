using System.Data.Common;

namespace TomOrleans.Storage.Writing;

/// <summary>
/// How a database carries out a group: lock and read, write, commit. Lock order: targets by id, cursors by id, then whatever the rarer writes take.
/// One group at a time; <see cref="AbandonAsync"/> after a failure.
/// </summary>
internal abstract class GroupSession : IAsyncDisposable
{
    /// <summary>A connection outside of any transaction, before the group's begins.</summary>
    public abstract Task<DbConnection> ConnectAsync();

    public abstract Task BeginAsync();

    /// <summary>The group's transaction, once it has begun.</summary>
    public abstract DbTransaction Transaction { get; }

    /// <summary>Locks the targets and cursors and reads what is stored under the keys.</summary>
    public abstract Task<GroupFacts> LoadAsync(GroupKeys keys);

    /// <summary>Writes what the group decided.</summary>
    public abstract Task SaveAsync(GroupFacts facts);

    public abstract Task CommitAsync();

    /// <summary>Rolls back. After a fault of ours the connection itself is given up.</summary>
    public abstract Task AbandonAsync(bool connectionIsSuspect);

    public abstract ValueTask DisposeAsync();
}
