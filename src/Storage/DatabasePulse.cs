using System.Data.Common;

namespace TomOrleans.Storage;

/// <summary>Whether the database answers, asked on a connection that is kept for that: neither a busy pool nor a slow statement is taken for silence.</summary>
public sealed class DatabasePulse(TomDatabase database) : IAsyncDisposable
{
    private DbConnection? _connection;

    /// <summary>False when there is no answer within the limit. Never throws; what hangs is left behind.</summary>
    public async Task<bool> AnswersAsync(TimeSpan limit)
    {
        var asked = AskAsync();
        try
        {
            await asked.WaitAsync(limit);
            return true;
        }
        catch (Exception)
        {
            // Also when it answers after all: what is in doubt is not used again.
            _ = asked.ContinueWith(static (task, held) => ((DbConnection?)held)?.DisposeAsync(), _connection, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _connection = null;
            return false;
        }
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AskAsync()
    {
        var connection = _connection ??= database.DataSource.CreateConnection();
        if (connection.State != System.Data.ConnectionState.Open)
        {
            await connection.OpenAsync();
        }

        await using var command = connection.CreateCommand();
        command.CommandText = "select 1";
        await command.ExecuteScalarAsync();
    }
}
