using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using TomOrleans.Storage.Copying;
using TomOrleans.Storage.Migrations;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Copying;

/// <summary>Moving from SQLite to PostgreSQL, with rows in every table that the schemas have, whoever added it.</summary>
public sealed class DatabaseCopyTests(PostgreSqlServer server) : IAsyncLifetime
{
    private const int Rows = 3;
    private static readonly string[] Own = ["orleansquery", "tom_schema", "orleansmembershiptable", "orleansmembershipversiontable"];
    private readonly SqliteTestDatabase _sqlite = new();
    private TomDatabase _from = null!;
    private TomDatabase _to = null!;
    private string _connection = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        _connection = await server.CreateDatabaseAsync();
        _from = await _sqlite.OpenAsync();
        _to = TomDatabase.OpenPostgreSql(_connection);
        await new Migrator(_from).MigrateAsync(Stop);
        await new Migrator(_to).MigrateAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_from is not null)
        {
            await _from.DisposeAsync();
            await _to.DisposeAsync();
        }

        await _sqlite.DisposeAsync();
    }

    [Fact]
    public async Task Every_row_of_every_table_is_there_afterwards_and_new_rows_get_numbers_of_their_own()
    {
        var columns = await ColumnsAsync();
        var tables = Files().SelectMany(Tables).Where(table => !Own.Contains(table.Name.ToLowerInvariant())).ToList();
        Assert.Contains("photometry", tables.Select(table => table.Name));
        Assert.Contains("OrleansStorage", tables.Select(table => table.Name));
        foreach (var (file, table) in tables)
        {
            if (Count(file, table) == 0)
            {
                Fill(file, table, columns);
            }
        }

        var told = new List<string>();
        var copied = await new DatabaseCopy(_from, _to).RunAsync(table => told.Add(table.Table), Stop);

        Assert.Equal(tables.Select(table => table.Name.ToLowerInvariant()).Order(), copied.Select(table => table.Table).Order());
        Assert.Equal(copied.Select(table => table.Table), told);
        foreach (var (file, table) in tables)
        {
            var names = columns[table.ToLowerInvariant()];
            Assert.Equal(Count(file, table), copied.Single(row => row.Table.Equals(table, StringComparison.OrdinalIgnoreCase)).Rows);
            Assert.Equal(await ReadSqliteAsync(file, table, names), await ReadPostgreSqlAsync(table.ToLowerInvariant(), names));
        }

        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand("insert into term (kind, text) values (1, 'new') returning id");
        Assert.Equal(Rows + 1, await command.ExecuteScalarAsync(Stop));

        var refusal = await Assert.ThrowsAsync<StorageException>(() => new DatabaseCopy(_from, _to).RunAsync(cancellation: Stop));
        Assert.Contains("is not empty", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_PostgreSQL_refuses_leaves_it_as_empty_as_it_was()
    {
        var columns = await ColumnsAsync();
        foreach (var (file, table) in Files().SelectMany(Tables).Where(table => table.Name is "term" or "target"))
        {
            Fill(file, table, columns);
        }

        using (var connection = new SqliteConnection($"Data Source={Files()[0]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA ignore_check_constraints = ON; UPDATE target SET ra = 400 WHERE id = 2";
            command.ExecuteNonQuery();
        }

        await Assert.ThrowsAnyAsync<StorageException>(() => new DatabaseCopy(_from, _to).RunAsync(cancellation: Stop));

        await using var source = NpgsqlDataSource.Create(_connection);
        await using var count = source.CreateCommand("select (select count(*) from term) + (select count(*) from target)");
        Assert.Equal(0L, await count.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_backup_of_open_files_holds_what_was_committed_and_overwrites_nothing()
    {
        var columns = await ColumnsAsync();
        Fill(Files()[0], "term", columns);
        var folder = Directory.CreateTempSubdirectory("tom-backup-").FullName;

        var files = await DatabaseBackup.RunAsync(_from, Path.Combine(folder, "new"), Stop);

        Assert.Equal(["orleans.db", "tom.db"], files.Select(Path.GetFileName));
        Assert.Equal(await ReadSqliteAsync(Files()[0], "term", columns["term"]), await ReadSqliteAsync(files[1], "term", columns["term"]));
        var refusal = await Assert.ThrowsAsync<StorageException>(() => DatabaseBackup.RunAsync(_from, Path.Combine(folder, "new"), Stop));
        Assert.Contains("nothing is written over", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("pg_dump", (await Assert.ThrowsAsync<StorageException>(() => DatabaseBackup.RunAsync(_to, folder, Stop))).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private string[] Files() => [Path.Combine(_sqlite.Folder, "tom.db"), Path.Combine(_sqlite.Folder, "orleans.db")];

    private static IEnumerable<(string File, string Name)> Tables(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'";
        using var reader = command.ExecuteReader();
        var tables = new List<(string, string)>();
        while (reader.Read())
        {
            tables.Add((file, reader.GetString(0)));
        }

        return tables;
    }

    private static long Count(string file, string table)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM \"{table}\"";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Rows in which each value tells its place, references hold, and what may be absent is so in the last one.</summary>
    private static void Fill(string file, string table, Dictionary<string, List<Column>> columns)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=False");
        connection.Open();
        var names = columns[table.ToLowerInvariant()];
        for (var row = 1; row <= Rows; row++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", names.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", names.Select((_, i) => $"$v{i}"))})";
            for (var i = 0; i < names.Count; i++)
            {
                command.Parameters.AddWithValue($"$v{i}", row == Rows && names[i].IsNullable ? DBNull.Value : Value(names[i], row));
            }

            command.ExecuteNonQuery();
        }
    }

    private static object Value(Column column, int row) => column.Type switch
    {
        "bigint" or "integer" or "smallint" => row,
        "double precision" or "real" => row * 1.1,
        "boolean" => row % 2,
        "bytea" => new byte[] { 0, (byte)row, 255 },
        "uuid" => Enumerable.Repeat((byte)row, 16).ToArray(),
        "timestamp without time zone" or "timestamp with time zone" => $"2026-11-0{row} 20:30:40.123456",
        _ => $"{column.Name[0]}{row} ä ☄ \"'\\\n",
    };

    private static async Task<List<string>> ReadSqliteAsync(string file, string table, List<Column> columns)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM \"{table}\"";
        return await RowsAsync(await command.ExecuteReaderAsync(Stop), columns);
    }

    private async Task<List<string>> ReadPostgreSqlAsync(string table, List<Column> columns)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand($"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM \"{table}\"");
        return await RowsAsync(await command.ExecuteReaderAsync(Stop), columns);
    }

    private static async Task<List<string>> RowsAsync(System.Data.Common.DbDataReader reader, List<Column> columns)
    {
        var rows = new List<string>();
        await using (reader)
        {
            while (await reader.ReadAsync(Stop))
            {
                rows.Add(string.Join(" | ", columns.Select((column, i) => Text(column, reader.GetValue(i)))));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static string Text(Column column, object value) => value switch
    {
        DBNull => "null",
        Guid guid => Convert.ToHexString(guid.ToByteArray(bigEndian: true)),
        byte[] bytes => Convert.ToHexString(bytes),
        bool flag => flag ? "1" : "0",
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private async Task<Dictionary<string, List<Column>>> ColumnsAsync()
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(
            "select table_name, column_name, data_type, is_nullable = 'YES' from information_schema.columns where table_schema = current_schema() and is_generated = 'NEVER' order by table_name, ordinal_position");
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var columns = new Dictionary<string, List<Column>>();
        while (await reader.ReadAsync(Stop))
        {
            columns.TryAdd(reader.GetString(0), []);
            columns[reader.GetString(0)].Add(new(reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        }

        return columns;
    }

    private sealed record Column(string Name, string Type, bool IsNullable);
}
