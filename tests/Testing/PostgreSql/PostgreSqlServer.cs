using System.Security.Cryptography;
using Npgsql;

namespace TomOrleans.Testing.PostgreSql;

/// <summary>
/// A PostgreSQL server for a test run: the one that TOM_TEST_POSTGRES (a connection string of an account that may create databases) names, else a private cluster in a
/// temporary folder, which ends with this process however that ends. Started by the first call; an assembly fixture.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<string> _databases = [];
    private PrivateCluster? _cluster;
    private string? _connectionString;
    private string? _unavailable;

    /// <summary>Why there is no server, for <c>Assert.Skip</c>; null when there is one.</summary>
    public async Task<string?> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_connectionString is not null || _unavailable is not null)
                return _unavailable;
            if (Environment.GetEnvironmentVariable("TOM_TEST_POSTGRES") is { Length: > 0 } given)
            {
                _connectionString = given;
                return null;
            }

            if (PostgreSqlBinaries.Find() is not { } binaries)
                return _unavailable = "PostgreSQL is not installed (no initdb) and TOM_TEST_POSTGRES is not set";
            _cluster = await PrivateCluster.StartAsync(binaries, parent: null);
            _connectionString = _cluster.ConnectionString;
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Makes an empty database and answers its connection string. Throws where <see cref="StartAsync"/> tells a reason.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        if (await StartAsync() is { } reason)
            throw new InvalidOperationException(reason);
        var name = "tom_test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        await ExecuteAsync($"CREATE DATABASE {name}");
        lock (_databases)
            _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Ends every connection to a database, as a restart of the server does.</summary>
    public Task DisconnectAllAsync(string connectionString) => ExecuteAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(connectionString).Database}'");

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
        else if (_connectionString is not null)
        {
            foreach (var name in _databases)
                await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }

        _gate.Dispose();
    }

    private async Task ExecuteAsync(string text)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }
}
