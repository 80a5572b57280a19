using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Writing;
using TomOrleans.Testing.PostgreSql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace TomOrleans.Storage.Tests;

/// <summary>Opens an empty database for a test: the part in which the two runs of every test differ.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    Task<TomDatabase> OpenAsync();
}

public sealed class SqliteTestDatabase : ITestDatabase
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tom-storage-").FullName;

    public Task<TomDatabase> OpenAsync() => Task.FromResult(TomDatabase.OpenSqlite(Folder));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgreSqlTestDatabase(PostgreSqlServer server) : ITestDatabase
{
    public string? ConnectionString { get; private set; }

    public async Task<TomDatabase> OpenAsync()
    {
        if (await server.StartAsync() is { } reason)
            Assert.Skip(reason);
        ConnectionString ??= await server.CreateDatabaseAsync();
        return TomDatabase.OpenPostgreSql(ConnectionString);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A migrated database of its own with a writer, for each test.</summary>
public abstract class DatabaseTest(ITestDatabase test) : IAsyncLifetime
{
    protected ITestDatabase Test { get; } = test;

    protected TomDatabase Database { get; private set; } = null!;

    protected GroupCommitWriter Writer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await Test.OpenAsync();
        await new Migrator(Database).MigrateAsync(TestContext.Current.CancellationToken);
        Writer = new GroupCommitWriter(Database);
    }

    public async ValueTask DisposeAsync()
    {
        if (Writer is not null)
            await Writer.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
        await Test.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
