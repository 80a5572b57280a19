using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>The counters of one handler in all partitions of a topic.</summary>
public sealed record HandlerBooks(string Handler, long Consumed, long Handled, long Ignored, long Parked, long Dropped, long Lost)
{
    /// <summary>Messages with a fate.</summary>
    public long Settled => Handled + Ignored + Parked + Dropped + Lost;
}

/// <summary>A parked row that waits.</summary>
public sealed record ParkedAt(string Handler, int Partition, long Offset, string Reason);

/// <summary>What the database holds when the silo has ended, read with nothing of the silo's own.</summary>
public sealed record Books(ImmutableArray<HandlerBooks> Handlers, ImmutableArray<ParkedAt> Parked, ImmutableArray<string> Points)
{
    private const string HandlerSums = """
        select handler, sum(consumed), sum(handled), sum(ignored), sum(parked), sum(dropped), sum(lost) from handler_cursor where topic = @topic group by handler
        """;

    private const string OpenParked = """
        select c.handler, c.partition, p.message_offset, p.reason from parked p join handler_cursor c on c.id = p.cursor_id where c.topic = @topic and p.state < 2
        """;

    private const string AllPoints = "select target.name, photometry.time_us / 1000000, photometry.value from photometry join target on target.id = photometry.target_id";

    public HandlerBooks this[string handler] => Handlers.Single(books => books.Handler == handler);

    public static async Task<Books> ReadSqliteAsync(string dataFolder, string topic)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "tom.db")};Mode=ReadOnly;Pooling=False");
        return await ReadAsync(connection, topic);
    }

    public static async Task<Books> ReadPostgreSqlAsync(string connectionString, string topic)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        return await ReadAsync(connection, topic);
    }

    private static async Task<Books> ReadAsync(DbConnection connection, string topic)
    {
        await connection.OpenAsync();
        var handlers = await RowsAsync(connection, HandlerSums, topic, row => new HandlerBooks(
            row.GetString(0), Number(row, 1), Number(row, 2), Number(row, 3), Number(row, 4), Number(row, 5), Number(row, 6)));
        var parked = await RowsAsync(connection, OpenParked, topic, row => new ParkedAt(row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3)));
        var points = await RowsAsync(connection, AllPoints, null, row =>
            string.Create(CultureInfo.InvariantCulture, $"{row.GetString(0)} {row.GetInt64(1)} {(row.IsDBNull(2) ? double.NaN : row.GetDouble(2)):F2}"));
        return new(handlers, parked, points.Sort(StringComparer.Ordinal));
    }

    private static async Task<ImmutableArray<T>> RowsAsync<T>(DbConnection connection, string text, string? topic, Func<DbDataReader, T> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        if (topic is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@topic", topic);
            command.Parameters.Add(parameter);
        }

        var rows = ImmutableArray.CreateBuilder<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows.ToImmutable();
    }

    /// <summary>PostgreSQL sums 64-bit numbers to decimals.</summary>
    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);
}
