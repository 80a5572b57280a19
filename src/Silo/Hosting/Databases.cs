using TomOrleans.Silo.Configuration;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;

namespace TomOrleans.Silo.Hosting;

/// <summary>Opens the database that a configuration names.</summary>
public static class Databases
{
    private const int Attempts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Throws <see cref="TomException"/> with one line where it cannot be opened.</summary>
    public static Task<TomDatabase> OpenAsync(TomConfiguration configuration, bool migrate) => OpenAsync(configuration, migrate ? MigrateAsync : _ => Task.CompletedTask);

    /// <summary>For a silo whose account may change no table. Throws <see cref="TomException"/> with one line where the schema is not what this program needs.</summary>
    public static Task<TomDatabase> OpenMigratedAsync(TomConfiguration configuration) => OpenAsync(configuration, database => new Migrator(database).RequireCurrentAsync());

    private static async Task<TomDatabase> OpenAsync(TomConfiguration configuration, Func<TomDatabase, Task> prepare)
    {
        try
        {
            var database = configuration.Cluster.Kind == ClusterKind.PostgreSql
                ? TomDatabase.OpenPostgreSql(configuration.Cluster.Connection!.Reveal())
                : TomDatabase.OpenSqlite(configuration.DataPath);
            await prepare(database);
            return database;
        }
        catch (StorageException exception)
        {
            throw new TomException(TomFault.Unavailable, exception.Message, exception);
        }
    }

    /// <summary>A connection that breaks in the middle (the server restarts, or ends what stands still too long on a busy host) is no reason not to start: what was not applied is applied then.</summary>
    private static async Task MigrateAsync(TomDatabase database)
    {
        for (var left = Attempts - 1; ; left--)
        {
            try
            {
                await new Migrator(database).MigrateAsync();
                return;
            }
            catch (StorageUnavailableException) when (left > 0)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
