using Npgsql;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Migrations;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Migrations;

public sealed class SqliteMigratorTests() : MigratorTests(new SqliteTestDatabase())
{
    /// <summary>PostgreSQL has recorded them from the first release on.</summary>
    [Fact]
    public async Task A_file_from_before_migrations_were_recorded_one_by_one_goes_on_from_its_version()
    {
        var store = new SqliteSchemaStore(Database);
        Migration first = Numbered(1), second = Numbered(2), fourth = Numbered(4);
        await store.ApplyAsync([first, second], default);
        await RunAsync(Database.DataSource, "DROP TABLE tom_schema");

        Assert.Equal([1, 2], (await store.AppliedAsync(Migration.Tom, default)).Keys.Order());
        await RunAsync(Database.DataSource, store.Script([fourth], [first, second]));

        Assert.Equal(0, await store.ApplyAsync([first, second, fourth], default));
        Assert.Equal([1, 2, 4], (await store.AppliedAsync(Migration.Tom, default)).Keys.Order());

        await RunAsync(Database.DataSource, "DROP TABLE tom_schema; PRAGMA user_version = 9999");
        Assert.Contains("newer", (await Assert.ThrowsAsync<StorageException>(() => store.ApplyAsync([first], default))).Message, StringComparison.Ordinal);
    }
}

public sealed class PostgreSqlMigratorTests(PostgreSqlServer server) : MigratorTests(new PostgreSqlTestDatabase(server))
{
    [Fact]
    public async Task An_account_that_may_make_no_table_starts_on_a_schema_that_has_all()
    {
        await new Migrator(Database).MigrateAsync();
        var role = $"tom_guest_{Guid.NewGuid():N}";
        await RunAsync(Database.DataSource, $"""
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            CREATE ROLE {role} LOGIN PASSWORD 'guest';
            GRANT USAGE ON SCHEMA public TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
            """);
        try
        {
            await using var asGuest = TomDatabase.OpenPostgreSql(new NpgsqlConnectionStringBuilder(((PostgreSqlTestDatabase)Test).ConnectionString) { Username = role, Password = "guest", Pooling = false }.ConnectionString);

            Assert.Equal(0, await new Migrator(asGuest).MigrateAsync());
            await new Migrator(asGuest).RequireCurrentAsync();

            // It is such an account: what is missing, it cannot make.
            var refused = await Assert.ThrowsAsync<PostgresException>(() => new PostgreSqlSchemaStore(asGuest).ApplyAsync([Numbered(7777)], default));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        finally
        {
            await RunAsync(Database.DataSource, $"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }
}

public abstract class MigratorTests(ITestDatabase test) : IAsyncLifetime
{
    private TomDatabase _database = null!;

    protected TomDatabase Database => _database;

    protected ITestDatabase Test => test;

    private SchemaStore Store => _database.Kind == SqlDialect.Sqlite ? new SqliteSchemaStore(_database) : new PostgreSqlSchemaStore(_database);

    /// <summary>Numbers may have gaps.</summary>
    private int Scripts => Migration.Of(Migration.Tom, _database.Kind).Count + Migration.Of(Migration.Orleans, _database.Kind).Count;

    public async ValueTask InitializeAsync() => _database = await test.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        await test.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Second_migration_finds_nothing_to_do()
    {
        var migrator = new Migrator(_database);
        var before = await migrator.StatusAsync();
        Assert.All(before, status => Assert.Equal((0, false), (status.Version, status.IsCurrent)));
        var refused = await Assert.ThrowsAsync<StorageException>(() => migrator.RequireCurrentAsync());
        Assert.Contains("db migrate", refused.Message, StringComparison.Ordinal);

        Assert.Equal(Scripts, await migrator.MigrateAsync());
        Assert.Equal(0, await migrator.MigrateAsync());

        Assert.All(await migrator.StatusAsync(), status => Assert.True(status.IsCurrent));
        await migrator.RequireCurrentAsync();
    }

    [Fact]
    public async Task Of_six_migrators_at_once_one_applies()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => test.OpenAsync()));

        var applied = await Task.WhenAll(databases.Select(database => Task.Run(() => new Migrator(database).MigrateAsync())));

        Assert.Equal(Scripts, applied.Sum());
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Database_that_a_newer_program_made_unusable_for_this_one_is_refused_in_one_line()
    {
        var migrator = new Migrator(_database);
        await migrator.MigrateAsync();
        await Store.ApplyAsync([.. Migration.Of(Migration.Tom, _database.Kind), Numbered(9999, "-- Needs 9998: what was before it is gone")], default);

        foreach (var refused in new[] { await Record.ExceptionAsync(() => migrator.MigrateAsync()), await Record.ExceptionAsync(() => migrator.RequireCurrentAsync()) })
        {
            Assert.IsType<StorageException>(refused);
            Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public async Task An_older_program_starts_again_beside_newer_ones_that_only_added_something()
    {
        var migrator = new Migrator(_database);
        await migrator.MigrateAsync();
        await Store.ApplyAsync([.. Migration.Of(Migration.Tom, _database.Kind), Numbered(9998), Numbered(9999, "-- Needs 0002: which every program has that can be running now")], default);

        Assert.Equal(0, await migrator.MigrateAsync());
        await migrator.RequireCurrentAsync();

        Assert.Equal([9998, 9999], (await migrator.StatusAsync()).Single(area => area.Area == Migration.Tom).Foreign);
    }

    [Fact]
    public async Task A_number_below_the_highest_that_comes_later_is_applied_too()
    {
        var store = Store;
        Migration first = Numbered(1), third = Numbered(3), fifth = Numbered(5);

        Assert.Equal(2, await store.ApplyAsync([first, fifth], default));
        Assert.Equal(1, await store.ApplyAsync([first, third, fifth], default));
        Assert.Equal(0, await store.ApplyAsync([first, third, fifth], default));

        Assert.Equal([1, 3, 5], (await store.AppliedAsync(Migration.Tom, default)).Keys.Order());
        await RunAsync(_database.DataSource, "SELECT * FROM step3");
    }

    [Fact]
    public async Task Script_makes_the_same_schema_by_hand()
    {
        await MigrateByHandAsync();

        Assert.Equal(0, await new Migrator(_database).MigrateAsync());
        Assert.Equal("", await new Migrator(_database).ScriptAsync());
    }

    private async Task MigrateByHandAsync()
    {
        var script = await new Migrator(_database).ScriptAsync();
        if (_database.Kind == SqlDialect.Sqlite)
        {
            // One part a file.
            var orleans = script.IndexOf("-- For orleans.db", StringComparison.Ordinal);
            await RunAsync(_database.DataSource, orleans < 0 ? script : script[..orleans]);
            if (orleans >= 0)
                await RunAsync(_database.OrleansDataSource, script[orleans..]);
        }
        else
        {
            await RunAsync(_database.DataSource, script);
        }
    }

    private protected static Migration Numbered(int number, string remark = "-- A step.") => new(Migration.Tom, number, "step", $"{remark}\nCREATE TABLE step{number} (id integer);");

    protected async Task RunAsync(System.Data.Common.DbDataSource source, string script)
    {
        await using var connection = await source.OpenConnectionAsync();
        await new Sql(_database.Dialect, connection, null, script).ExecuteAsync();
    }
}
