using System.Text;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Tests.Alerts.Lanes;
using TomOrleans.Storage;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>What a topic of two partitions says of a submission: all the same messages stand in both.</summary>
public sealed class TopicSearchTests : IAsyncLifetime
{
    private const string Stream = "hop";
    private const string Topic = "hermes.test";
    private static readonly Guid Key = Guid.Parse("c0ffee00-0000-4000-8000-000000000001");
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-search-").FullName;
    private readonly ScriptedSource _source = new() { High = 25, FirstNotOlder = 0 };
    private TomDatabase _database = null!;
    private GroupCommitWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = TomDatabase.OpenSqlite(_folder);
        await new Migrator(_database).MigrateAsync(TestContext.Current.CancellationToken);
        _writer = new(_database);
        await new CursorTable(_database, _writer).ClaimAsync([new(new(Stream, Topic, 0, "messages"), "silo", 0, null), new(new(Stream, Topic, 1, "messages"), "silo", 0, null)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Message_of_ours_is_found_behind_a_copy_of_it()
    {
        Publish(3, "somebody-else");
        Publish(17, "ours-before");

        Assert.Equal("ours-before", Assert.IsType<TopicVerdict.Seen>(await FindAsync("ours-now", "ours-before")).Sender);
    }

    [Fact]
    public async Task Key_under_a_name_that_is_none_of_ours_is_told_from_a_key_that_stands_nowhere()
    {
        Publish(17, "somebody-else");

        Assert.Equal("somebody-else", Assert.IsType<TopicVerdict.SeenOfOthers>(await FindAsync("ours")).Sender);
        _source.Records.Clear();
        Assert.Equal(2 * 25, Assert.IsType<TopicVerdict.ReadWithout>(await FindAsync("ours")).Messages);
    }

    [Fact]
    public async Task Key_in_bytes_that_cannot_be_decoded_stands_there_all_the_same()
    {
        _source.Records[17] = MessageBuilder.Record(Encoding.UTF8.GetBytes($"{{{Key:D}")) with { Offset = 17 };

        Assert.Null(Assert.IsType<TopicVerdict.SeenOfOthers>(await FindAsync("ours")).Sender);
    }

    [Fact]
    public async Task Key_is_enough_while_no_name_of_ours_is_known()
    {
        Publish(17, "anybody");

        Assert.Equal(MessageBuilder.Id, Assert.IsType<TopicVerdict.Seen>(await FindAsync()).MessageId);
    }

    [Fact]
    public async Task Topic_that_cannot_be_read_says_nothing()
    {
        _source.Fault = "the broker is away";

        Assert.Equal("the broker is away", Assert.IsType<TopicVerdict.Unread>(await FindAsync("ours")).Reason);
    }

    private void Publish(long offset, string sender)
    {
        var value = $$$"""{"title": "T", "topic": "hermes.test", "message_text": "", "submitter": "peer", "authors": "", "data": {"extra_data": {"tom_orleans": {"submission": "{{{Key:D}}}" } } } }""";
        _source.Records[offset] = MessageBuilder.Record(Encoding.UTF8.GetBytes(value), MessageBuilder.HermesHeaders(sender: sender)) with { Offset = offset };
    }

    private Task<TopicVerdict> FindAsync(params string[] senders) =>
        new TopicSearch(new(_database, _writer), _source).FindAsync(Stream, Topic, Key, senders, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
}
