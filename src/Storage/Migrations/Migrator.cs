using System.Globalization;
using System.Text;

namespace TomOrleans.Storage.Migrations;

/// <summary>Brings the schema to what this program needs. Must have run before the silo starts: Orleans reads its statements at start.</summary>
public sealed class Migrator(TomDatabase database)
{
    private readonly SchemaStore _store = database.Kind == SqlDialect.Sqlite ? new SqliteSchemaStore(database) : new PostgreSqlSchemaStore(database);

    private IReadOnlyList<Migration>[] Areas => [Migration.Of(Migration.Tom, database.Kind), Migration.Of(Migration.Orleans, database.Kind)];

    /// <summary>
    /// Applies what is missing, lower numbers than the highest too, and answers how many scripts that were. Safe to repeat, and from several processes at once: one applies, the others wait
    /// and find it done, for which they need no right to change anything. Throws <see cref="StorageException"/> for a database that a newer program has made unusable for this one, or that this account may not change.
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
        {
            var applied = await GuardAsync(() => _store.AppliedAsync(migrations[0].Area, cancellation));
            status.Add(new(migrations[0].Area, applied, [.. migrations.Select(migration => migration.Number)]));
        }

        return status;
    }

    /// <summary>Throws <see cref="StorageException"/> unless the schema is what this program needs: for accounts that may not migrate.</summary>
    public async Task RequireCurrentAsync(CancellationToken cancellation = default)
    {
        foreach (var status in await StatusAsync(cancellation))
        {
            ThrowIfTooNew(status);
            if (status.Missing.Any())
                throw new StorageException($"The {status.Area} schema of {database.Name} lacks the migrations {Numbers(status.Missing)}: run 'db migrate' first, with an account that may change tables.");
        }
    }

    /// <summary>What <see cref="MigrateAsync"/> would run, in order, for a person who applies it by hand; empty where nothing is missing.</summary>
    public async Task<string> ScriptAsync(CancellationToken cancellation = default)
    {
        var text = new StringBuilder();
        foreach (var migrations in Areas)
        {
            var applied = await GuardAsync(() => _store.AppliedAsync(migrations[0].Area, cancellation));
            var byState = migrations.ToLookup(migration => applied.ContainsKey(migration.Number));
            if (byState[false].Any())
                text.Append(_store.Script([.. byState[false]], [.. byState[true]]));
        }

        return text.ToString();
    }

    /// <summary>What only adds is no reason: in mid-upgrade an older silo has to start again beside newer ones.</summary>
    internal static void ThrowIfTooNew(SchemaStatus status)
    {
        if (status.Unbearable.Any())
        {
            throw new StorageException(
                $"The database was made by a newer TomOrleans: its {status.Area} schema has the migrations {Numbers(status.Unbearable)}, with which this program cannot run. Run that version or a newer one.");
        }
    }

    private static string Numbers(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(number => number.ToString("D4", CultureInfo.InvariantCulture)));

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
