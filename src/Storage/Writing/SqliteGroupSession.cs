using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TomOrleans.Storage.Writing;

/// <summary>
/// SQLite: one connection and its prepared statements for as long as it is sound, a row at a time. BEGIN IMMEDIATE takes the write lock, so what is read stays true.
/// </summary>
internal sealed class SqliteGroupSession(TomDatabase database, TimeProvider time) : GroupSession
{
    private SqliteConnection? _connection;
    private SqliteTransaction? _transaction;
    private SqliteGroupStatements? _statements;

    public override DbTransaction Transaction => _transaction!;

    public override async Task<DbConnection> ConnectAsync() =>
        _connection ??= (SqliteConnection)await database.OpenAsync(database.DataSource);

    public override Task BeginAsync()
    {
        _transaction = _connection!.BeginTransaction(deferred: false);
        _statements ??= new SqliteGroupStatements(_connection);
        return Task.CompletedTask;
    }

    public override Task<GroupFacts> LoadAsync(GroupKeys keys)
    {
        var facts = new GroupFacts();
        foreach (var target in keys.Targets)
        {
            if (_statements!.TargetExists(target, facts.Photometry))
                facts.Targets.Add(target);
        }

        foreach (var identity in keys.Identities)
            _statements!.ReadContents(identity, facts.Photometry);
        if (keys.Targets.Count > 0)
            _statements!.ReadOrders(keys.Targets, facts.Continuous);
        foreach (var moment in keys.Moments)
            _statements!.ReadStatements(moment, facts.Photometry);
        foreach (var cursor in keys.Cursors)
            _statements!.ReadCursor(cursor, facts.Cursors);
        return Task.FromResult(facts);
    }

    public override Task SaveAsync(GroupFacts facts)
    {
        var inserts = facts.Photometry.Inserts;
        foreach (var point in inserts)
            _statements!.InsertPoint(point);
        var since = ContinuousOrders.Now(time);
        foreach (var (order, point, trace) in facts.Continuous.Items(inserts))
        {
            _statements!.InsertItem(order, point, since, trace);
            facts.HasOrdered = true;
        }

        foreach (var (identity, content, source) in facts.Photometry.SourceMoves)
            _statements!.MoveSource(identity, content, source);
        foreach (var growth in facts.Photometry.Summaries)
            _statements!.Summarise(growth);
        foreach (var target in facts.Photometry.Recounts)
            _statements!.Recount(target);
        foreach (var cursor in facts.Cursors.Moves)
            _statements!.MoveCursor(cursor);
        foreach (var (cursor, message) in facts.Cursors.Parked)
            _statements!.InsertParked(cursor, message);
        foreach (var (cursor, range) in facts.Cursors.Lost)
            _statements!.InsertLost(cursor, range);
        foreach (var batch in facts.Cursors.Kept)
            _statements!.Keep(batch);
        return Task.CompletedTask;
    }

    public override Task CommitAsync()
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
        return Task.CompletedTask;
    }

    public override async Task AbandonAsync(bool connectionIsSuspect)
    {
        try
        {
            _transaction?.Dispose();
        }
        catch (Exception)
        {
            // Must not hide why the work was abandoned. SQLite has rolled back by itself already, or the connection is past saving.
            connectionIsSuspect = true;
        }

        _transaction = null;
        if (connectionIsSuspect)
            await CloseAsync();
    }

    public override ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask CloseAsync()
    {
        _statements?.Dispose();
        _statements = null;
        if (_connection is not { } connection)
            return;
        _connection = null;

        // Not back into the pool: whatever is wrong with it would come back with it.
        SqliteConnection.ClearPool(connection);
        await connection.DisposeAsync();
    }
}
