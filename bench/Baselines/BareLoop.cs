using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Toms;

namespace TomOrleans.Bench.Baselines;

/// <summary>
/// The least that durable ingest can cost: one prepared statement, the columns and pragmas of the real table, rows made up in place, 1,000 a transaction; no Kafka, no decoding, nothing looked up.
/// </summary>
internal static class BareLoop
{
    private const int RowsOfTransaction = 1_000;

    private static readonly string[] Columns =
    [
        "target_id", "identity", "content", "time_us", "time_form", "time_text", "band", "telescope", "instrument", "value", "error", "unit", "limit_value", "limit_error", "limit_unit", "exposure_s", "origin",
        "measurement_id", "retracted", "source", "source_offset", "message_id", "sender", "source_us", "limit_sigma", "observer", "comments",
    ];

    public static Contender Sqlite(long messages, long rows, int targets) => new(
        "a bare loop that inserts the points of so many messages, 1,000 rows a transaction, SQLite (FULL)", "bare SQLite", async () =>
        {
            await using var store = await Store.SqliteAsync();
            await using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(store.Path, "tom.db")}");
            await connection.OpenAsync();
            await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
            return await RunAsync(connection, messages, rows, targets);
        });

    public static Contender PostgreSql(string server, long messages, long rows, int targets) => new(
        "the same in PostgreSQL", "bare PostgreSQL", async () =>
        {
            await using var store = await Store.PostgreSqlAsync(server);
            await using var connection = new NpgsqlConnection(store.ConnectionString);
            await connection.OpenAsync();
            return await RunAsync(connection, messages, rows, targets);
        });

    private static async Task<Measurement> RunAsync(DbConnection connection, long messages, long rows, int targets)
    {
        await using var insert = connection.CreateCommand();
#pragma warning disable CA2100 // The names are those above.
        insert.CommandText = $"INSERT INTO photometry ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "@" + column))})";
#pragma warning restore CA2100
        Fill(insert, 0, targets);
        await insert.PrepareAsync();
        var before = Meter.Read();
        for (long done = 0; done < rows;)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            insert.Transaction = transaction;
            for (var end = Math.Min(rows, done + RowsOfTransaction); done < end; done++)
            {
                Fill(insert, done, targets);
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        return before.Until(Meter.Read(), messages);
    }

    private static void Fill(DbCommand insert, long row, int targets)
    {
        object?[] values =
        [
            (row % targets) + 1, unchecked(row * -7046029254386353131L), row, 1_600_000_000_000_000L + (row * 1_000_000), 0, null, 1, 2, 3, 18.5, 0.02, 1, null, null, 1, null, 4,
            null, insert is SqliteCommand ? 0 : false, 5, row, insert is SqliteCommand ? MessageId(row).ToByteArray() : MessageId(row), 6, 1_600_000_000_000_000L + row, null, null, null,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            if (insert.Parameters.Count <= i)
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = "@" + Columns[i];
                parameter.DbType = TypeOf(values[i], Columns[i]);
                insert.Parameters.Add(parameter);
            }

            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private static DbType TypeOf(object? value, string column) => value switch
    {
        long => DbType.Int64,
        int => DbType.Int32,
        bool => DbType.Boolean,
        double => DbType.Double,
        Guid => DbType.Guid,
        byte[] => DbType.Binary,
        _ => column is "limit_value" or "limit_error" or "exposure_s" or "limit_sigma" ? DbType.Double : DbType.String,
    };

    private static Guid MessageId(long row) => new((int)row, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static async Task ExecuteAsync(DbConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Said above.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
