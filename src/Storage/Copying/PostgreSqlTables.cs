using Npgsql;

namespace TomOrleans.Storage.Copying;

/// <summary>What PostgreSQL says of its tables.</summary>
internal static class PostgreSqlTables
{
    /// <summary>Generated columns fill themselves.</summary>
    private const string ColumnQuery = """
        SELECT c.table_name, c.column_name, c.data_type, c.is_identity = 'YES'
        FROM information_schema.columns c
        JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
        WHERE c.table_schema = current_schema() AND c.is_generated = 'NEVER'
        ORDER BY c.table_name, c.ordinal_position
        """;

    private const string ReferenceQuery = """
        SELECT child.relname, parent.relname
        FROM pg_constraint f
        JOIN pg_class child ON child.oid = f.conrelid
        JOIN pg_class parent ON parent.oid = f.confrelid
        WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace AND f.conrelid <> f.confrelid
        """;

    /// <summary>All tables but the excepted ones, those that others refer to before these.</summary>
    public static async Task<IReadOnlyList<CopyTable>> ReadAsync(NpgsqlConnection connection, string[] except, CancellationToken cancellation)
    {
        var columns = await ListAsync(connection, ColumnQuery, row => (Table: row.GetString(0), Column: new CopyColumn(row.GetString(1), row.GetString(2), row.GetBoolean(3))), cancellation);
        var references = (await ListAsync(connection, ReferenceQuery, row => (Child: row.GetString(0), Parent: row.GetString(1)), cancellation)).ToLookup(reference => reference.Child, reference => reference.Parent);
        var tables = columns.GroupBy(column => column.Table).Where(table => !except.Contains(table.Key)).ToDictionary(table => table.Key, table => new CopyTable(table.Key, [.. table.Select(column => column.Column)]));
        var ordered = new List<CopyTable>();
        foreach (var name in tables.Keys.Order(StringComparer.Ordinal))
        {
            Add(name);
        }

        return ordered;

        void Add(string name)
        {
            if (tables.Remove(name, out var table))
            {
                foreach (var parent in references[name])
                {
                    Add(parent);
                }

                ordered.Add(table);
            }
        }
    }

    public static Task EmptyAsync(NpgsqlConnection connection, CopyTable table, CancellationToken cancellation) =>
        ListAsync(connection, $"DELETE FROM {table.Quoted}", _ => 0, cancellation);

    public static async Task<long> CountAsync(NpgsqlConnection connection, CopyTable table, CancellationToken cancellation) =>
        (await ListAsync(connection, $"SELECT count(*) FROM {table.Quoted}", row => row.GetInt64(0), cancellation)).Single();

    /// <summary>The next row that PostgreSQL numbers gets a number that none has.</summary>
    public static async Task AdvanceIdentityAsync(NpgsqlConnection connection, CopyTable table, CancellationToken cancellation)
    {
        foreach (var column in table.Columns.Where(column => column.IsIdentity))
        {
            await ListAsync(
                connection,
                $"SELECT setval(pg_get_serial_sequence('{table.Quoted}', '{column.Name}'), coalesce(max({column.Quoted}), 0) + 1, false) FROM {table.Quoted}",
                row => row.GetInt64(0),
                cancellation);
        }
    }

    private static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, string query, Func<NpgsqlDataReader, T> map, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Names come from the schema, and are quoted.
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
