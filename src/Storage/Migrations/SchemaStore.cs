namespace TomOrleans.Storage.Migrations;

/// <summary>How a database remembers which scripts it has, and applies others so that all of them happen or none.</summary>
internal abstract class SchemaStore
{
    /// <summary>The scripts that the database has, as <see cref="SchemaStatus.Applied"/>.</summary>
    public abstract Task<IReadOnlyDictionary<int, int?>> AppliedAsync(string area, CancellationToken cancellation);

    /// <summary>Applies those of the scripts that the database lacks, in one transaction that keeps other migrators out; answers how many.</summary>
    public abstract Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation);

    /// <summary>What would apply the missing ones, as a script for hand use.</summary>
    public abstract string Script(IReadOnlyList<Migration> missing, IReadOnlyList<Migration> applied);

    /// <summary>Throws <see cref="StorageException"/> for a database of a program that is too new for this one.</summary>
    protected static Migration[] Missing(IReadOnlyList<Migration> migrations, IReadOnlyDictionary<int, int?> applied)
    {
        Migrator.ThrowIfTooNew(new(migrations[0].Area, applied, [.. migrations.Select(migration => migration.Number)]));
        return [.. migrations.Where(migration => !applied.ContainsKey(migration.Number))];
    }
}
