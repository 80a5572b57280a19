using TomOrleans.Storage.Security;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Security;

public sealed class SqliteTokenTableTests() : TokenTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlTokenTableTests(PostgreSqlServer server) : TokenTableTests(new PostgreSqlTestDatabase(server));

public abstract class TokenTableTests(ITestDatabase test) : DatabaseTest(test)
{
    [Fact]
    public async Task Token_is_found_by_its_hash_and_kept_once()
    {
        var table = new TokenTable(Database, Writer);
        var token = new TokenRow([1, 2, 3], 4, "night shift", 10);

        Assert.True(await table.InsertAsync(token));
        Assert.False(await table.InsertAsync(token with { Role = 0 }));
        Assert.True(await table.InsertAsync(new([9], 0, "older", 5)));

        Assert.Equivalent(token, await table.FindAsync([1, 2, 3]));
        Assert.Null(await table.FindAsync([1, 2]));
        Assert.Equal(["older", "night shift"], (await table.ListAsync()).Select(row => row.Name));
    }
}
