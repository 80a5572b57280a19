using Microsoft.Data.Sqlite;

namespace TomOrleans.Storage.Copying;

/// <summary>What a SQLite file says of its tables.</summary>
internal static class SqliteTables
{
    public static IReadOnlyList<string> Names(SqliteConnection connection) =>
        Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name", null);

    public static IReadOnlyList<string> Columns(SqliteConnection connection, string table) => Read(connection, "SELECT name FROM pragma_table_info($table)", table);

    public static long Count(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name comes from the schema, and is quoted.
        command.CommandText = $"SELECT count(*) FROM \"{table}\"";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private static List<string> Read(SqliteConnection connection, string query, string? table)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = query;
#pragma warning restore CA2100
        if (table is not null)
        {
            command.Parameters.AddWithValue("$table", table);
        }

        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
