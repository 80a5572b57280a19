using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Terms;

namespace TomOrleans.Storage;

/// <summary>
/// The TOM's database: two SQLite files in a folder (our tables and Orleans' own, apart, so that neither waits for the other's writer), or one PostgreSQL database.
/// One instance a process; it owns the connection pools.
/// </summary>
public sealed class TomDatabase : IAsyncDisposable
{
    // A silo that stands still or is cut off in mid-transaction would keep its row locks, and with them all other silos, for as long as TCP lasts. Options given later win.
    private const string ReleaseLocks = "-c idle_in_transaction_session_timeout=3s";

    private TomDatabase(DbDataSource dataSource, DbDataSource orleansDataSource, Dialect dialect, string name)
    {
        DataSource = dataSource;
        OrleansDataSource = orleansDataSource;
        Dialect = dialect;
        Name = name;
        Terms = new TermTable(this);
    }

    /// <summary>Connections to our tables.</summary>
    public DbDataSource DataSource { get; }

    /// <summary>Connections to the tables that Orleans uses; on PostgreSQL the same as <see cref="DataSource"/>.</summary>
    public DbDataSource OrleansDataSource { get; }

    public SqlDialect Kind => Dialect.Kind;

    /// <summary>Which database this is, for people: the folder, or host, port and database. Never a secret.</summary>
    public string Name { get; }

    internal Dialect Dialect { get; }

    internal TermTable Terms { get; }

    /// <summary>Opens (and makes, where absent) <c>tom.db</c> and <c>orleans.db</c> in a folder. Throws <see cref="StorageException"/> where it cannot be written.</summary>
    public static TomDatabase OpenSqlite(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var path = Path.GetFullPath(folder);
        SqliteDataSource tom = new(Path.Combine(path, "tom.db")), orleans = new(Path.Combine(path, "orleans.db"));
        try
        {
            Directory.CreateDirectory(path);
            PrepareFile(tom);
            PrepareFile(orleans);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            tom.Dispose();
            orleans.Dispose();
            throw new StorageException($"The data folder {path} cannot be used: {StorageFaults.FirstLine(e.Message)}", e);
        }

        return new(tom, orleans, new SqliteDialect(), path);
    }

    /// <summary>
    /// A PostgreSQL database, by an Npgsql connection string. Does not connect yet: <see cref="CheckAsync"/> and the <see cref="Migrations.Migrator"/> do.
    /// Throws <see cref="StorageException"/> for a string that cannot be read, without repeating it.
    /// </summary>
    public static TomDatabase OpenPostgreSql(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
            SetUnlessGiven(settings, "Timeout", 5);
            SetUnlessGiven(settings, "Maximum Pool Size", 30);
            SetUnlessGiven(settings, "Max Auto Prepare", 50);
            SetUnlessGiven(settings, "Application Name", "TomOrleans");
            settings.Options = $"{ReleaseLocks} {settings.Options}".TrimEnd();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            // The exception may quote the text, and with it the password.
            throw new StorageException("The PostgreSQL connection string cannot be read; it has the form Host=...;Database=...;Username=...;Password=...");
        }

        if (string.IsNullOrEmpty(settings.Host))
            throw new StorageException("The PostgreSQL connection string names no Host.");
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        return new(source, source, new PostgreSqlDialect(), $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}");
    }

    /// <summary>Answers when the database does. Throws <see cref="StorageException"/> saying in one line why not.</summary>
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        await using var connection = await OpenAsync(DataSource, cancellation);
    }

    /// <summary>Asks the database something small, and what its clock says; null where it has none of its own. Throws <see cref="StorageException"/>.</summary>
    public Task<DateTimeOffset?> ClockAsync(CancellationToken cancellation = default) => ReadAsync(
        async reader => (await reader.Sql(Kind == SqlDialect.PostgreSql ? "select (extract(epoch from clock_timestamp()) * 1000000)::bigint" : "select cast(null as integer) from (select count(*) from sqlite_master)")
            .ListAsync(row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(0)), cancellation)).Single(),
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await OrleansDataSource.DisposeAsync();
    }

    /// <summary>Opens a connection, or says in one line why that is not possible.</summary>
    internal async Task<DbConnection> OpenAsync(DbDataSource source, CancellationToken cancellation = default)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException e)
        {
            throw new StorageUnavailableException($"PostgreSQL at {Name} refuses the connection: {e.SqlState} {e.MessageText}", e);
        }
        catch (Exception e) when (StorageFaults.IsOurs(e))
        {
            throw new StorageUnavailableException($"The database {Name} does not answer: {StorageFaults.FirstLine((e.InnerException ?? e).Message)}", e);
        }
    }

    /// <summary>Runs a reading on a connection of its own; faults come out as <see cref="StorageException"/>.</summary>
    internal async Task<T> ReadAsync<T>(Func<TomReader, Task<T>> work, CancellationToken cancellation = default)
    {
        await using var connection = await OpenAsync(DataSource, cancellation);
        try
        {
            return await work(new TomReader(Dialect, connection));
        }
        catch (Exception e) when (e is not (OperationCanceledException or StorageException))
        {
            throw StorageFaults.Translate(e);
        }
    }

    private static void PrepareFile(SqliteDataSource source)
    {
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();

        // The mode stays with the file. Two processes that open a new file at once find it locked for a moment, for which SQLite does not wait by itself.
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();

        // Taking the write lock tells a read-only file or folder now instead of at the first alert.
        using var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        transaction.Rollback();
    }

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder settings, string key, object value)
    {
        // ContainsKey says true for every key there is, given or not.
        if (!settings.ShouldSerialize(key))
            settings[key] = value;
    }
}

/// <summary>A connection for reading.</summary>
internal readonly record struct TomReader(Dialect Dialect, DbConnection Connection)
{
    public Sql Sql(string text) => new(Dialect, Connection, null, text);
}
