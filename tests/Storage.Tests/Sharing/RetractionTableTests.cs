using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Retractions;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Sharing;

public sealed class SqliteRetractionTableTests() : RetractionTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlRetractionTableTests(PostgreSqlServer server) : RetractionTableTests(new PostgreSqlTestDatabase(server));

public abstract class RetractionTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly Guid Message = Guid.Parse("0f0e0d0c-1111-4222-8333-444455556666");

    private OutboxTable Outbox => new(Database, Writer);

    private RetractionTable Table => new(Database, Writer);

    [Theory]
    [InlineData("0f0e0d0c-1111-4222-8333-444455556666", true)]
    [InlineData("shared.test, partition 3, offset 42, id 0f0e0d0c-1111-4222-8333-444455556666", true)]
    [InlineData("shared.test, partition 3, offset 42, id 1f0e0d0c-1111-4222-8333-444455556666", false)]
    public async Task Message_of_ours_that_is_withdrawn_is_known_by_the_receipt_of_Hermes_and_by_that_of_a_broker(string receipt, bool isWithdrawn)
    {
        var key = Guid.NewGuid();
        var share = await Outbox.QueueBuiltAsync(new("broker", "shared.test", 0, "-", "T", "{}", "me", 100, []), new(key, 0, [1], []));
        await Outbox.ConfirmAsync(key, receipt);

        Assert.NotNull(await Table.NoteAsync(new(Message, "hermes", "shared.test", "T", "me", key), [], 500));

        Assert.Equal(isWithdrawn ? 500 : null, (await Outbox.GetAsync(share))!.Submissions[0].RetractedMicroseconds);
        Assert.Null(await Table.NoteAsync(new(Message, "hermes", "shared.test", "T", "me", key), [], 600));
        Assert.Equal([KeyValuePair.Create(Message, 500L)], await Table.NotedAsync());
    }
}
