using System.Data.Common;
using Npgsql;

namespace TomOrleans.Storage.Writing;

/// <summary>PostgreSQL: a group in three round trips (lock and read, write, commit), sets instead of rows, always in the same lock order.</summary>
internal sealed class PostgreSqlGroupSession(TomDatabase database, TimeProvider time) : GroupSession
{
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    public override DbTransaction Transaction => _transaction!;

    public override async Task<DbConnection> ConnectAsync() =>
        _connection ??= (NpgsqlConnection)await database.OpenAsync(database.DataSource);

    // The BEGIN travels with the first statement.
    public override async Task BeginAsync() => _transaction = await _connection!.BeginTransactionAsync();

    public override async Task<GroupFacts> LoadAsync(GroupKeys keys)
    {
        var facts = new GroupFacts();
        await using var statements = new PostgreSqlGroupStatements(_connection!, _transaction!);
        statements.Prepare();
        statements.LockTargets(keys.Targets);
        statements.ReadOrders(keys.Targets);
        statements.ReadContents(keys.Identities);
        statements.ReadStatements(keys.Moments);
        statements.LockCursors(keys.Cursors);
        await statements.ReadAsync(facts);
        return facts;
    }

    public override async Task SaveAsync(GroupFacts facts)
    {
        await using var statements = new PostgreSqlGroupStatements(_connection!, _transaction!);
        var inserts = facts.Photometry.Inserts;
        var items = facts.Continuous.Items(inserts);
        facts.HasOrdered = items.Count > 0;
        statements.InsertPoints(inserts);
        statements.InsertItems(items, ContinuousOrders.Now(time));
        statements.MoveSources(facts.Photometry.SourceMoves);
        statements.Summarise(facts.Photometry.Summaries);
        statements.Recount(facts.Photometry.Recounts);
        statements.MoveCursors(facts.Cursors.Moves);
        statements.InsertParked(facts.Cursors.Parked);
        statements.InsertLost(facts.Cursors.Lost);
        statements.Keep(facts.Cursors.Kept);
        await statements.ExecuteAsync();
    }

    public override async Task CommitAsync()
    {
        await _transaction!.CommitAsync();
        await CloseAsync();
    }

    public override async Task AbandonAsync(bool connectionIsSuspect)
    {
        try
        {
            await CloseAsync();
        }
        catch (Exception)
        {
            // Whatever the driver says to a connection that is gone must not hide why the work was abandoned. The server rolls back what it does not hear of again; Npgsql does not keep a broken connection in its pool.
            (_transaction, _connection) = (null, null);
        }
    }

    public override async ValueTask DisposeAsync() => await AbandonAsync(connectionIsSuspect: false);

    private async Task CloseAsync()
    {
        if (_transaction is { } transaction)
            await transaction.DisposeAsync();
        _transaction = null;
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }
}
