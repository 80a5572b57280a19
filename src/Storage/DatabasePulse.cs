using System.Data.Common;

namespace TomOrleans.Storage;

/// <summary>Whether PostgreSQL answers, and what its clock says, asked on a connection that is kept for that: neither a busy pool nor a slow statement is taken for silence.</summary>
/// <param name="database">Not SQLite, which has no clock.</param>
/// <param name="machine">This host's clock.</param>
public sealed class DatabasePulse(TomDatabase database, TimeProvider machine) : IAsyncDisposable
{
    private DbConnection? _connection;

    /// <summary>Null when there is no answer within the limit. Never throws; what hangs is left behind.</summary>
    public async Task<ClockReading?> ReadAsync(TimeSpan limit)
    {
        var asked = AskAsync();
        try
        {
            return await asked.WaitAsync(limit);
        }
        catch (Exception)
        {
            // Also when it answers after all: what is in doubt is not used again.
            _ = asked.ContinueWith(static (task, held) => ((DbConnection?)held)?.DisposeAsync(), _connection, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _connection = null;
            return null;
        }
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ClockReading> AskAsync()
    {
        var connection = _connection ??= database.DataSource.CreateConnection();
        if (connection.State != System.Data.ConnectionState.Open)
        {
            await connection.OpenAsync();
        }

        await using var command = connection.CreateCommand();
        command.CommandText = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";
        var (before, started) = (machine.GetUtcNow(), machine.GetTimestamp());
        var answer = (long)(await command.ExecuteScalarAsync())!;
        var took = machine.GetElapsedTime(started);
        return new(DateTimeOffset.UnixEpoch.AddMicroseconds(answer), before + (took / 2), took);
    }
}
