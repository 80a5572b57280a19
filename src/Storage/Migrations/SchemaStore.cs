namespace TomOrleans.Storage.Migrations;

/// <summary>How a database remembers its version and applies scripts so that all of them happen or none.</summary>
internal abstract class SchemaStore
{
    public abstract Task<int> VersionAsync(string area, CancellationToken cancellation);

    /// <summary>Applies the scripts above the present version in one transaction that keeps other migrators out; answers how many.</summary>
    public abstract Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation);

    /// <summary>The same as a script for hand use.</summary>
    public abstract string Script(IReadOnlyList<Migration> migrations);
}
