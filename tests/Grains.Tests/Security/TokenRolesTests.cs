using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Tests.Security;

public sealed class TokenRolesTests
{
    [Fact]
    public async Task Ten_thousand_guesses_push_out_no_token_that_is_known()
    {
        var folder = Directory.CreateTempSubdirectory("tom-tokens-");
        var database = TomDatabase.OpenSqlite(folder.FullName);
        await new Migrator(database).MigrateAsync();
        await using (var writer = new GroupCommitWriter(database))
        {
            var roles = new TokenRoles(new(database, writer), new FakeTimeProvider());
            var token = await roles.IssueAsync(TomRole.Reader, "anna");
            Assert.Equal("anna", (await roles.FindAsync(token))?.Name);

            for (var guess = 0; guess <= 10_000; guess++)
            {
                Assert.Null(await roles.FindAsync($"guess {guess}"));
            }

            // The clock stands still: what is known needs no database.
            await using (var connection = await database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "delete from token";
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal("anna", (await roles.FindAsync(token))?.Name);
        }

        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
