using TomOrleans.Storage.Migrations;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests;

public sealed class TomDatabaseTests(PostgreSqlServer server)
{
    [Fact]
    public void Folder_that_cannot_be_made_is_named_in_one_line()
    {
        var file = Path.GetTempFileName();

        var refused = Assert.Throws<StorageException>(() => TomDatabase.OpenSqlite(Path.Combine(file, "data")));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        File.Delete(file);
    }

    [Fact]
    public void Folder_that_cannot_be_written_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has a folder in which not even root can write");

        var refused = Assert.Throws<StorageException>(() => TomDatabase.OpenSqlite("/proc/self"));

        Assert.Contains("/proc/self", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_no_database_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "tom.db"), new string('x', 5000));

        var refused = Assert.Throws<StorageException>(() => TomDatabase.OpenSqlite(folder));

        Assert.Contains("not a database", refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task Sqlite_connections_wait_for_locks_and_commit_to_the_disk()
    {
        await using var test = new SqliteTestDatabase();
        await using var database = await test.OpenAsync();

        Assert.Equal("wal", await PragmaAsync(database, "journal_mode"));
        Assert.Equal("2", await PragmaAsync(database, "synchronous"));
        Assert.Equal("5000", await PragmaAsync(database, "busy_timeout"));
    }

    [Theory]
    [InlineData("", "3s")]
    [InlineData(";Options=-c idle_in_transaction_session_timeout=7s", "7s")]
    public async Task Locks_of_a_process_that_stands_still_in_a_transaction_end_by_themselves(string options, string limit)
    {
        if (await server.StartAsync() is { } reason)
            Assert.Skip(reason);
        await using var database = TomDatabase.OpenPostgreSql(await server.CreateDatabaseAsync() + options);
        await using var connection = await database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SHOW idle_in_transaction_session_timeout";

        Assert.Equal(limit, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Host=h;Pasword=hush")]
    [InlineData("Host=h;Port=hush")]
    [InlineData("hush")]
    [InlineData("Database=x;Password=hush")]
    public void Connection_string_that_cannot_be_read_is_refused_without_repeating_it(string text)
    {
        var refused = Assert.Throws<StorageException>(() => TomDatabase.OpenPostgreSql(text));

        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_away_is_named_in_one_line()
    {
        await using var database = TomDatabase.OpenPostgreSql("Host=127.0.0.1;Port=1;Username=u;Password=hush;Database=d");

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => database.CheckAsync());
        var migration = await Assert.ThrowsAsync<StorageUnavailableException>(() => new Migrator(database).MigrateAsync());

        Assert.Contains("127.0.0.1:1/d", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, migration.Message);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_password_is_told_apart_from_a_server_that_is_away()
    {
        if (await server.StartAsync() is { } reason)
            Assert.Skip(reason);
        var right = await server.CreateDatabaseAsync();
        await using var database = TomDatabase.OpenPostgreSql(right + ";Password=wrong");

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => database.CheckAsync());

        Assert.Contains("refuses", refused.Message, StringComparison.Ordinal);
        Assert.Contains("password", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> PragmaAsync(TomDatabase database, string name)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
