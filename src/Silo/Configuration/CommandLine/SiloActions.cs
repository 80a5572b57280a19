using TomOrleans.Security;

namespace TomOrleans.Silo.Configuration.CommandLine;

/// <summary>
/// What the host does for each verb. Each gets a configuration without faults and gives the exit code: 0 done, 1 refused or failed. A
/// <see cref="TomException"/> is shown as one line and becomes 1.
/// </summary>
public sealed record SiloActions
{
    /// <summary>Runs the silo; true where it is to bring the schema up to this version itself.</summary>
    public required Func<TomConfiguration, bool, CancellationToken, Task<int>> RunAsync { get; init; }

    /// <summary>Makes a token with this role and this name, null for none.</summary>
    public required Func<TomConfiguration, TomRole, string?, CancellationToken, Task<int>> AddTokenAsync { get; init; }
    public required Func<TomConfiguration, CancellationToken, Task<int>> ListTokensAsync { get; init; }
    public required Func<TomConfiguration, CancellationToken, Task<int>> ShowDatabaseAsync { get; init; }
    public required Func<TomConfiguration, CancellationToken, Task<int>> MigrateDatabaseAsync { get; init; }

    /// <summary>Copies the SQLite files of this folder into the configured PostgreSQL database.</summary>
    public required Func<TomConfiguration, string, CancellationToken, Task<int>> CopyDatabaseAsync { get; init; }

    /// <summary>Copies the configured SQLite files into this folder.</summary>
    public required Func<TomConfiguration, string, CancellationToken, Task<int>> BackUpDatabaseAsync { get; init; }

    /// <summary>Writes the statements a migration would run, and runs none.</summary>
    public required Func<TomConfiguration, CancellationToken, Task<int>> ScriptDatabaseAsync { get; init; }
}
