using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TomOrleans.Storage.Dialects;

/// <summary>
/// Connections to one SQLite file with the settings that a connection string cannot carry: SQLite's own waiting for a lock, and a commit that survives power loss.
/// </summary>
internal sealed class SqliteDataSource : DbDataSource
{
    private const string Settings = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    private readonly string _connectionString;

    public SqliteDataSource(string file)
    {
        File = file;

        // Without busy_timeout Microsoft.Data.Sqlite sleeps 150 ms at a time on a lock; its own limit stands above SQLite's.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 6 }.ToString();
    }

    public string File { get; }

    public override string ConnectionString => _connectionString;

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.StateChange += static (sender, change) =>
        {
            if (change.CurrentState != ConnectionState.Open)
                return;
            using var command = ((SqliteConnection)sender!).CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        };
        return connection;
    }

    protected override void Dispose(bool disposing)
    {
        using (var connection = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }
}
