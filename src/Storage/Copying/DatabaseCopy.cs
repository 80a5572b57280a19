using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using TomOrleans.Storage.Migrations;

namespace TomOrleans.Storage.Copying;

/// <summary>How much of a table was copied.</summary>
public sealed record CopiedTable(string Table, long Rows);

/// <summary>
/// Moves a TOM from its SQLite files to an empty PostgreSQL database: every table there is, found in the schemas, so that a new migration needs no word here. One transaction: all of it or nothing.
/// Nobody may write the files meanwhile.
/// </summary>
/// <param name="from">SQLite.</param>
/// <param name="to">PostgreSQL.</param>
public sealed class DatabaseCopy(TomDatabase from, TomDatabase to)
{
    /// <summary>What each database has of its own: statements, schema versions, members of the cluster.</summary>
    private static readonly string[] OwnTables = ["orleansquery", "tom_schema", "orleansmembershiptable", "orleansmembershipversiontable"];

    /// <summary>Brings both to this program's schema, copies, and counts again in PostgreSQL. Throws <see cref="StorageException"/>.</summary>
    /// <param name="onTable">Told of each table when it is copied.</param>
    /// <param name="cancellation">Leaves PostgreSQL as it was.</param>
    public async Task<IReadOnlyList<CopiedTable>> RunAsync(Action<CopiedTable>? onTable = null, CancellationToken cancellation = default)
    {
        if (from.Kind != SqlDialect.Sqlite || to.Kind != SqlDialect.PostgreSql)
        {
            throw new StorageException("A copy goes from SQLite to PostgreSQL only.");
        }

        await new Migrator(from).MigrateAsync(cancellation);
        await new Migrator(to).MigrateAsync(cancellation);
        try
        {
            await using var target = (NpgsqlConnection)await to.OpenAsync(to.DataSource, cancellation);
            await using var transaction = await target.BeginTransactionAsync(cancellation);
            await using var tom = (SqliteConnection)await from.OpenAsync(from.DataSource, cancellation);
            await using var orleans = (SqliteConnection)await from.OpenAsync(from.OrleansDataSource, cancellation);
            var copied = await CopyAsync(target, [tom, orleans], onTable, cancellation);
            await transaction.CommitAsync(cancellation);
            return copied;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StorageException))
        {
            throw StorageFaults.Translate(fault);
        }
    }

    private async Task<IReadOnlyList<CopiedTable>> CopyAsync(NpgsqlConnection target, SqliteConnection[] sources, Action<CopiedTable>? onTable, CancellationToken cancellation)
    {
        var tables = await PostgreSqlTables.ReadAsync(target, OwnTables, cancellation);
        var homes = sources.SelectMany(source => SqliteTables.Names(source).Select(name => (Name: name, Source: source)))
            .Where(home => !OwnTables.Contains(home.Name, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(home => home.Name, home => home.Source, StringComparer.OrdinalIgnoreCase);
        if (homes.Keys.Except(tables.Select(table => table.Name), StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
        {
            throw new StorageException($"PostgreSQL has no table {unknown}, which the files have: nothing was copied.");
        }

        var seeds = await SeedsAsync(cancellation);
        foreach (var table in tables)
        {
            var rows = await PostgreSqlTables.CountAsync(target, table, cancellation);
            if (rows > seeds.GetValueOrDefault(table.Name))
            {
                throw new StorageException($"The database {to.Name} is not empty: its table {table.Name} has rows. A copy goes into a new database; nothing was changed.");
            }

            if (rows > 0)
            {
                await PostgreSqlTables.EmptyAsync(target, table, cancellation);
            }
        }

        var copied = new List<CopiedTable>();
        foreach (var table in tables.Where(table => homes.ContainsKey(table.Name)))
        {
            var rows = await CopyTableAsync(homes[table.Name], target, table, cancellation);
            await PostgreSqlTables.AdvanceIdentityAsync(target, table, cancellation);
            copied.Add(new(table.Name, rows));
            onTable?.Invoke(copied[^1]);
        }

        return copied;
    }

    /// <summary>How many rows the migrations themselves put into tables: as many as a database has that nobody has used.</summary>
    private static async Task<Dictionary<string, long>> SeedsAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("tom-seeds-");
        try
        {
            await using var unused = TomDatabase.OpenSqlite(folder.FullName);
            await new Migrator(unused).MigrateAsync(cancellation);
            await using var connection = (SqliteConnection)await unused.OpenAsync(unused.DataSource, cancellation);
            return SqliteTables.Names(connection).ToDictionary(name => name, name => SqliteTables.Count(connection, name), StringComparer.OrdinalIgnoreCase);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> CopyTableAsync(SqliteConnection source, NpgsqlConnection target, CopyTable table, CancellationToken cancellation)
    {
        var columns = SqliteTables.Columns(source, table.Name);
        if (table.Columns.FirstOrDefault(column => !columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is { } absent)
        {
            throw new StorageException($"The files have no column {table.Name}.{absent.Name}, which PostgreSQL has: nothing was copied.");
        }

        if (columns.FirstOrDefault(column => !table.Columns.Any(known => known.Name.Equals(column, StringComparison.OrdinalIgnoreCase))) is { } surplus)
        {
            throw new StorageException($"PostgreSQL has no column {table.Name}.{surplus}, which the files have: nothing was copied.");
        }

        await using var command = source.CreateCommand();
#pragma warning disable CA2100 // Names come from the schemas, and are quoted.
        command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""))} FROM \"{table.Name}\"";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        long rows = 0;
        await using (var importer = await target.BeginBinaryImportAsync($"COPY {table.Quoted} ({string.Join(", ", table.Columns.Select(column => column.Quoted))}) FROM STDIN (FORMAT binary)", cancellation))
        {
            importer.Timeout = TimeSpan.FromHours(1);
            while (await reader.ReadAsync(cancellation))
            {
                await importer.StartRowAsync(cancellation);
                for (var i = 0; i < table.Columns.Count; i++)
                {
                    await table.Columns[i].WriteAsync(importer, reader, i, cancellation);
                }

                rows++;
            }

            await importer.CompleteAsync(cancellation);
        }

        var stored = await PostgreSqlTables.CountAsync(target, table, cancellation);
        return stored == rows ? rows : throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"{table.Name} has {stored} rows in PostgreSQL instead of {rows}: nothing was copied."));
    }
}
