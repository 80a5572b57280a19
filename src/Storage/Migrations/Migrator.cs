using System.Text;

namespace TomOrleans.Storage.Migrations;

/// <summary>Where an area of the schema stands.</summary>
/// <param name="Area"><c>tom</c> (our tables) or <c>orleans</c> (Orleans' own).</param>
/// <param name="Version">The last migration applied; 0 in an empty database.</param>
/// <param name="Known">The last migration this program knows.</param>
public sealed record SchemaStatus(string Area, int Version, int Known)
{
    public bool IsCurrent => Version == Known;
}

/// <summary>Brings the schema to the version this program needs. Must have run before the silo starts: Orleans reads its statements at start.</summary>
public sealed class Migrator(TomDatabase database)
{
    private readonly SchemaStore _store = database.Kind == SqlDialect.Sqlite ? new SqliteSchemaStore(database) : new PostgreSqlSchemaStore(database);

    private IReadOnlyList<Migration>[] Areas => [Migration.Of(Migration.Tom, database.Kind), Migration.Of(Migration.Orleans, database.Kind)];

    /// <summary>
    /// Applies what is missing and answers how many scripts that were. Safe to repeat, and from several processes at once: one applies, the others wait and find it done.
    /// Throws <see cref="StorageException"/> for a database of a newer program, or one that this account may not change.
    /// </summary>
    public async Task<int> MigrateAsync(CancellationToken cancellation = default)
    {
        var applied = 0;
        foreach (var migrations in Areas)
            applied += await GuardAsync(() => _store.ApplyAsync(migrations, cancellation));
        return applied;
    }

    public async Task<IReadOnlyList<SchemaStatus>> StatusAsync(CancellationToken cancellation = default)
    {
        var status = new List<SchemaStatus>();
        foreach (var migrations in Areas)
            status.Add(new(migrations[0].Area, await GuardAsync(() => _store.VersionAsync(migrations[0].Area, cancellation)), migrations[^1].Number));
        return status;
    }

    /// <summary>Throws <see cref="StorageException"/> unless the schema is what this program needs: for accounts that may not migrate.</summary>
    public async Task RequireCurrentAsync(CancellationToken cancellation = default)
    {
        foreach (var status in await StatusAsync(cancellation))
        {
            ThrowIfNewer(status.Area, status.Version, status.Known);
            if (!status.IsCurrent)
                throw new StorageException($"The {status.Area} schema of {database.Name} is at version {status.Version} and must be at {status.Known}: run 'db migrate' first.");
        }
    }

    /// <summary>All scripts in order, for a person who applies them by hand.</summary>
    public string Script()
    {
        var text = new StringBuilder();
        foreach (var migrations in Areas)
            text.Append(_store.Script(migrations));
        return text.ToString();
    }

    internal static void ThrowIfNewer(string area, int version, int known)
    {
        if (version > known)
            throw new StorageException($"The database was made by a newer TomOrleans: its {area} schema has version {version}, this program knows {known}. Run that version or a newer one.");
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not (OperationCanceledException or StorageException))
        {
            throw StorageFaults.Translate(e);
        }
    }
}
