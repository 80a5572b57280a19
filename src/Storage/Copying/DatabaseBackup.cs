using Microsoft.Data.Sqlite;

namespace TomOrleans.Storage.Copying;

/// <summary>A copy of the SQLite files as they are at one moment each, beside a running silo or without one. Of PostgreSQL <c>pg_dump</c> makes one.</summary>
public static class DatabaseBackup
{
    /// <summary>Makes <c>tom.db</c> and <c>orleans.db</c> in a folder that has neither, and returns their paths. Throws <see cref="StorageException"/>.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(TomDatabase from, string folder, CancellationToken cancellation = default)
    {
        if (from.Kind != SqlDialect.Sqlite)
        {
            throw new StorageException($"{from.Name} is PostgreSQL: back it up with pg_dump --format=custom, and restore it with pg_restore.");
        }

        try
        {
            Directory.CreateDirectory(folder);

            // Orleans' file first: what it holds never points to rows of ours that are not there yet.
            return [await CopyAsync(from.OrleansDataSource, Path.Combine(folder, "orleans.db")), await CopyAsync(from.DataSource, Path.Combine(folder, "tom.db"))];
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StorageFaults.Translate(fault);
        }

        async Task<string> CopyAsync(System.Data.Common.DbDataSource source, string file)
        {
            if (File.Exists(file))
            {
                throw new StorageException($"{file} exists: nothing is written over. Give a new folder.");
            }

            await using var connection = (SqliteConnection)await from.OpenAsync(source, cancellation);
            await using var copy = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.BackupDatabase(copy);
            return file;
        }
    }
}
