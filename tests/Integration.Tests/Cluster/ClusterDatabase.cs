using System.Security.Cryptography;
using System.Text;
using Npgsql;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Security;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>A cursor with its books, as it stands in the database.</summary>
public sealed record StoredCursor(int Partition, string Handler, long NextOffset, string Owner, long Consumed, long Handled, long Ignored, long Parked, long Dropped, long Lost)
{
    public bool IsBalanced => Consumed == Handled + Ignored + Parked + Dropped;
}

/// <summary>Looks into the cluster's database beside the silos: what they say of themselves is not what is checked here.</summary>
public sealed class ClusterDatabase(string connection) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);

    public Task<List<StoredCursor>> CursorsAsync() => ReadAsync(
        "select partition, handler, next_offset, owner, consumed, handled, ignored, parked, dropped, lost from handler_cursor order by partition, handler",
        row => new StoredCursor(
            row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9)));

    /// <summary>Every row of the photometry table, revisions too, as the series names them; sorted.</summary>
    public async Task<List<string>> PointsAsync()
    {
        var points = await ReadAsync(PointSeries.Query, row => PointSeries.TextOf(row.GetString(0), row.GetInt64(1), row.GetDouble(2)));
        points.Sort(StringComparer.Ordinal);
        return points;
    }

    /// <summary>The first cursors that fit. A database sends no events for this, so it is asked.</summary>
    public Task<List<StoredCursor>> CursorsWhenAsync(Func<List<StoredCursor>, bool> fits, string what, TimeSpan limit) => WhenAsync(CursorsAsync, fits, what, limit);

    private static async Task<List<T>> WhenAsync<T>(Func<Task<List<T>>> ask, Func<List<T>, bool> fits, string what, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        using var end = new CancellationTokenSource(limit);
        while (true)
        {
            var seen = await ask();
            if (fits(seen))
            {
                return seen;
            }

            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not seen within {limit}: {what}. Last seen:\n{string.Join('\n', seen)}");
            }
        }
    }

    /// <summary>A token as a silo makes one for itself.</summary>
    public async Task<string> IssueSiloTokenAsync()
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var command = _source.CreateCommand("insert into token (sha256, role, name, created_us) values ($1, $2, 'test', 0)");
        command.Parameters.AddWithValue(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        command.Parameters.AddWithValue((int)TomRole.Silo);
        await command.ExecuteNonQueryAsync();
        return text;
    }

    private Task<List<T>> ReadAsync<T>(string query, Func<NpgsqlDataReader, T> read) => ReadAsync(_source.CreateCommand(query), read);

    /// <summary>Takes a lock, and returns when this silo waits for it; held until the answer is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string text, string blocking)
    {
        var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; {text}", connection);
        await command.ExecuteNonQueryAsync();
        await WhenAsync(
            () => ReadAsync("select application_name from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", row => row.GetString(0)),
            waiting => waiting.Contains(blocking), $"{blocking} waiting for a lock", TimeSpan.FromSeconds(30));
        return connection;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<T>();
            while (await reader.ReadAsync())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }
}
