using System.Globalization;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Configuration;
using TomOrleans.Storage;
using TomOrleans.Storage.Copying;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Security;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Silo.Hosting;

/// <summary>The verbs that work on the database itself, beside a running silo or without one.</summary>
public static class Administration
{
    public static async Task<int> AddTokenAsync(TomConfiguration configuration, TomRole role, string? name, CancellationToken cancellation)
    {
        await using var database = await Databases.OpenAsync(configuration, migrate: true);
        await using var writer = new GroupCommitWriter(database);
        var text = await new TokenRoles(new(database, writer), TimeProvider.System).IssueAsync(role, name ?? $"{role.ToString().ToLowerInvariant()} token");
        await Console.Error.WriteLineAsync("This token is shown once and kept nowhere; give it to the console with --token or TOM_TOKEN:");
        await Console.Out.WriteLineAsync(text);
        return 0;
    }

    public static async Task<int> ListTokensAsync(TomConfiguration configuration, CancellationToken cancellation)
    {
        await using var database = await Databases.OpenAsync(configuration, migrate: true);
        await using var writer = new GroupCommitWriter(database);
        foreach (var token in await new TokenTable(database, writer).ListAsync(cancellation))
        {
            if (token.Role <= (int)TomRole.Admin)
            {
                var made = DateTimeOffset.UnixEpoch.AddMicroseconds(token.CreatedMicroseconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                await Console.Out.WriteLineAsync($"{((TomRole)token.Role).ToString().ToLowerInvariant(),-12} {made}  {token.Name}");
            }
        }

        return 0;
    }

    public static async Task<int> ShowDatabaseAsync(TomConfiguration configuration, CancellationToken cancellation)
    {
        await using var database = await Databases.OpenAsync(configuration, migrate: false);
        await Console.Out.WriteLineAsync(database.Name);
        foreach (var status in await new Migrator(database).StatusAsync(cancellation))
        {
            var missing = status.Missing.Count();
            var state = status.Unbearable.Any() ? "a newer program has migrated it, and this one cannot run on it"
                : status.Foreign.Any() ? "a newer program has migrated it, beside which this one can run"
                : missing > 0 ? $"{missing} migrations are missing: run 'db migrate'" : "up to date";
            await Console.Out.WriteLineAsync($"{status.Area,-8} schema version {status.Version}, {state}");
        }

        return 0;
    }

    public static async Task<int> MigrateDatabaseAsync(TomConfiguration configuration, CancellationToken cancellation)
    {
        await using var database = await Databases.OpenAsync(configuration, migrate: false);
        var applied = await GuardAsync(() => new Migrator(database).MigrateAsync(cancellation));
        await Console.Out.WriteLineAsync(applied == 0 ? $"{database.Name} is up to date." : $"{database.Name}: {applied} migrations applied.");
        return 0;
    }

    public static async Task<int> ScriptDatabaseAsync(TomConfiguration configuration, CancellationToken cancellation)
    {
        await using var database = await Databases.OpenAsync(configuration, migrate: false);
        await Console.Out.WriteAsync(await GuardAsync(() => new Migrator(database).ScriptAsync(cancellation)));
        return 0;
    }

    public static async Task<int> CopyDatabaseAsync(TomConfiguration configuration, string folder, CancellationToken cancellation)
    {
        if (configuration.Cluster.Kind != ClusterKind.PostgreSql)
        {
            throw new TomException(TomFault.Invalid, "db copy fills the PostgreSQL database of a configuration: give one with CLUSTER.KIND postgresql, and the folder of the SQLite files with --from DIR.");
        }

        if (!File.Exists(Path.Combine(folder, "tom.db")))
        {
            throw new TomException(TomFault.NotFound, $"{Path.GetFullPath(folder)} has no tom.db: name the data folder of the TOM that is to be moved.");
        }

        // A silo that runs on the folder would go on writing what is not copied.
        using var held = DataFolder.Take(folder);
        await using var target = await Databases.OpenAsync(configuration, migrate: false);
        await using var source = TomDatabase.OpenSqlite(folder);
        var copied = await GuardAsync(() => new DatabaseCopy(source, target).RunAsync(table => Console.Out.WriteLine($"{table.Rows,12} {table.Table}"), cancellation));
        await Console.Out.WriteLineAsync($"{copied.Sum(table => table.Rows)} rows of {copied.Count} tables are in {target.Name} now. Start the silos with this configuration; keep the folder until you are content.");
        return 0;
    }

    public static async Task<int> BackUpDatabaseAsync(TomConfiguration configuration, string folder, CancellationToken cancellation)
    {
        await using var database = await Databases.OpenAsync(configuration, migrate: false);
        foreach (var file in await GuardAsync(() => DatabaseBackup.RunAsync(database, Path.GetFullPath(folder), cancellation)))
        {
            await Console.Out.WriteLineAsync(file);
        }

        return 0;
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StorageException exception)
        {
            throw new TomException(TomFault.Unavailable, exception.Message, exception);
        }
    }
}
