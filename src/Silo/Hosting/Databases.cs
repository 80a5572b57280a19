using TomOrleans.Silo.Configuration;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;

namespace TomOrleans.Silo.Hosting;

/// <summary>Opens the database that a configuration names.</summary>
public static class Databases
{
    /// <summary>Throws <see cref="TomException"/> with one line where it cannot be opened.</summary>
    public static async Task<TomDatabase> OpenAsync(TomConfiguration configuration, bool migrate)
    {
        try
        {
            var database = configuration.Cluster.Kind == ClusterKind.PostgreSql
                ? TomDatabase.OpenPostgreSql(configuration.Cluster.Connection!.Reveal())
                : TomDatabase.OpenSqlite(configuration.DataPath);
            if (migrate)
            {
                await new Migrator(database).MigrateAsync();
            }

            return database;
        }
        catch (StorageException exception)
        {
            throw new TomException(TomFault.Unavailable, exception.Message, exception);
        }
    }
}
