using Npgsql;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;

namespace TomOrleans.Bench.Toms;

/// <summary>An empty database, migrated, gone with its run: SQLite in a folder, or one of its own in the PostgreSQL that <c>TOM_TEST_POSTGRES</c> names.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly Folder _folder = new();
    private readonly (string Server, string Name)? _made;

    private Store(TomDatabase? database = null, (string Server, string Name)? made = null)
    {
        Database = database ?? TomDatabase.OpenSqlite(_folder.Path);
        _made = made;
    }

    public TomDatabase Database { get; }

    public string Path => _folder.Path;

    /// <summary>Of PostgreSQL.</summary>
    public string? ConnectionString { get; private init; }

    public static string? PostgreSql => Environment.GetEnvironmentVariable("TOM_TEST_POSTGRES") is { Length: > 0 } given ? given : null;

    public static async Task<Store> SqliteAsync()
    {
        var store = new Store();
        await new Migrator(store.Database).MigrateAsync();
        return store;
    }

    /// <param name="server">Of an account that may make databases.</param>
    public static async Task<Store> PostgreSqlAsync(string server)
    {
        var name = $"tom_bench_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var store = new Store(TomDatabase.OpenPostgreSql(connection), (server, name)) { ConnectionString = connection };
        await new Migrator(store.Database).MigrateAsync();
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
        if (_made is var (server, name))
        {
            await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name is made above.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
