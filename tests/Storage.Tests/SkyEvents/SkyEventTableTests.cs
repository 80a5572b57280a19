using TomOrleans.Storage.SkyEvents;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.SkyEvents;

public sealed class SqliteSkyEventTableTests() : SkyEventTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlSkyEventTableTests(PostgreSqlServer server) : SkyEventTableTests(new PostgreSqlTestDatabase(server));

public abstract class SkyEventTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private static readonly Guid First = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Second = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    private SkyEventTable Table => new(Database);

    private SkyEventWriting Writing => new(Writer);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_is_kept_once_whatever_message_brings_it()
    {
        Assert.Equal([SkyEventFate.NewEvent, SkyEventFate.Again, SkyEventFate.Known], await KeepAsync(Version("A", First, offset: 1), Version("A", First, offset: 1), Version("A", First, offset: 2)));
        Assert.Equal([SkyEventFate.NewVersion, SkyEventFate.Known, SkyEventFate.Known], await KeepAsync(Version("A", Second, 3), Version("A", First, 4), Version("A", Second, 5)));

        var row = (await Table.FindAsync("A", Cancellation))!;
        Assert.Equal((2, 2, 1, 3), (row.Versions, row.Latest, row.FirstMicroseconds, row.LastMicroseconds));
        Assert.Equal([(1, First, 1), (2, Second, 3)], (await Table.VersionsAsync(row.Id, Cancellation)).Select(version => (version.Number, version.Content.Hash, version.Message.Offset)));
        Assert.Equal([("A", 2)], await Table.OfMessageAsync("gcn", "gcn.circulars", 0, 3, Cancellation));
        Assert.Empty(await Table.OfMessageAsync("gcn", "gcn.circulars", 0, 2, Cancellation));
        Assert.Empty(await Table.OfMessageAsync("hop", "gcn.circulars", 0, 3, Cancellation));
        Assert.True(await Table.IsKnownAsync(Version("A", First, 9), Cancellation));
        Assert.False(await Table.IsKnownAsync(Version("B", First, 9), Cancellation));
    }

    [Fact]
    public async Task Equal_content_under_another_stated_version_is_a_version_and_under_none_is_known()
    {
        Assert.Equal(
            [SkyEventFate.NewEvent, SkyEventFate.NewVersion, SkyEventFate.NewVersion, SkyEventFate.Known, SkyEventFate.Known],
            await KeepAsync(Version("A", First, 1, stated: "1"), Version("A", Second, 2, stated: "2"), Version("A", First, 3, stated: "3"), Version("A", First, 4), Version("A", First, 5, stated: "3")));
    }

    [Fact]
    public async Task A_text_that_was_edited_back_is_a_version_and_is_shown()
    {
        var first = Edited(First, 1, stated: null, title: "A");
        Assert.Equal(
            [SkyEventFate.NewEvent, SkyEventFate.NewVersion, SkyEventFate.NewVersion],
            await KeepAsync(first, Edited(Second, 2, stated: "2", title: "B"), Edited(First, 3, stated: "3", title: "A")));
        var row = (await Table.FindAsync("A", Cancellation))!;
        Assert.Equal(("A", 3, 3), (row.Title, row.Versions, row.Latest));

        // Read again, and sent again as it is now.
        Assert.Equal([SkyEventFate.Again, SkyEventFate.Known, SkyEventFate.Known], await KeepAsync(first, Edited(First, 9, stated: "3", title: "A"), Edited(First, 10, stated: null, title: "A")));
        Assert.Equal(3, (await Table.FindAsync("A", Cancellation))!.Versions);
        Assert.True(await Table.IsKnownAsync(Edited(First, 11, stated: "3", title: "A"), Cancellation));
        Assert.False(await Table.IsKnownAsync(Edited(Second, 11, stated: "4", title: "B"), Cancellation));
    }

    [Fact]
    public async Task An_earlier_text_that_a_relay_brings_late_is_known()
    {
        await KeepAsync(Edited(First, 1, stated: null, title: "A"), Edited(Second, 5, stated: "2", title: "B"));

        Assert.Equal(
            [SkyEventFate.Known, SkyEventFate.Known, SkyEventFate.NewVersion],
            await KeepAsync(
                Edited(First, 4, stated: null, title: "A"), Edited(First, 6, stated: null, title: "A", topic: "relayed"), Edited(First, 7, stated: "3", title: "A", topic: "relayed")));
    }

    [Fact]
    public async Task What_is_shown_is_the_youngest_message_and_not_the_last_to_arrive()
    {
        await KeepAsync(
            Version("A", First, 10, title: "young", type: 2, place: new(10, 20, 0.1), names: ["Young"]),
            Version("A", Second, 5, title: "old", type: 1, place: new(50, -20, 0.1), names: ["Old"]));

        var row = (await Table.FindAsync("A", Cancellation))!;
        Assert.Equal(("young", 2, 2, 1, 5, 10), (row.Title, row.Type, row.Versions, row.Latest, row.FirstMicroseconds, row.LastMicroseconds));
        Assert.Equal((10, 20), (row.Place!.RightAscension, row.Place.Declination));
        Assert.Equal(["Old", "Young"], row.Names);
        Assert.Single(await Table.FindAroundAsync(10, 20, 10, Cancellation));
        Assert.Empty(await Table.FindAroundAsync(50, -20, 10, Cancellation));
    }

    [Fact]
    public async Task A_position_stays_when_the_next_notice_has_none_and_moves_when_it_has()
    {
        await KeepAsync(Version("A", First, 1, place: new(359.999, 89.5, 0.5)), Version("A", Second, 2));
        Assert.Equal("A", Assert.Single(await Table.FindAroundAsync(0.001, 89.4, 10, Cancellation)).Event.Key);

        await KeepAsync(Version("A", Guid.NewGuid(), 3, place: new(0.0001, 0, null)));
        Assert.Empty(await Table.FindAroundAsync(0.001, 89.4, 10, Cancellation));
        var (sky, separation) = Assert.Single(await Table.FindAroundAsync(359.9999, 0, 10, Cancellation));
        Assert.Equal(("A", null), (sky.Key, sky.Place!.ErrorDegrees));
        Assert.Equal(0.0002, separation, 6);

        // Some degrees hold too much by chance.
        await KeepAsync(Version("A", Guid.NewGuid(), 4, place: new(0, 0, 5)));
        Assert.Empty(await Table.FindAroundAsync(0, 0, 10, Cancellation));
        Assert.Equal(5, (await Table.FindAsync("A", Cancellation))!.Place!.ErrorDegrees);
    }

    [Fact]
    public async Task Names_find_an_event_by_rank_and_a_corrected_circular_loses_its_wrong_ones()
    {
        await KeepAsync(Version("A", First, 1, names: ["GRB 1"], words: ["Crab"], replaces: true), Version("B", First, 2, names: ["GRB 1"]));
        Assert.Equal(["B", "A"], (await Table.FindByNamesAsync(["grb1"], SkyEventNameRank.Stated, 10, Cancellation)).Select(match => match.Event.Key));
        Assert.Empty(await Table.FindByNamesAsync(["crab"], SkyEventNameRank.Stated, 10, Cancellation));
        Assert.Equal([("A", "Crab")], (await Table.FindByNamesAsync(["crab", "nobody"], SkyEventNameRank.Words, 10, Cancellation)).Select(match => (match.Event.Key, match.Name)));

        await KeepAsync(Version("A", Second, 3, names: ["GRB 2"], replaces: true));
        Assert.Equal(["B"], (await Table.FindByNamesAsync(["grb1", "crab"], SkyEventNameRank.Words, 10, Cancellation)).Select(match => match.Event.Key));
        Assert.Equal(["A"], (await Table.FindByNamesAsync(["a"], SkyEventNameRank.Id, 10, Cancellation)).Select(match => match.Event.Key));
        Assert.Equal(["GRB 2"], (await Table.FindAsync("A", Cancellation))!.Names);
    }

    [Fact]
    public async Task A_notice_without_an_event_of_its_own_belongs_to_what_it_cites()
    {
        await KeepAsync(Version("A", First, 1, ivorn: "ivo://x#1"), Version("x#1", Second, 2, ivorn: "ivo://x#2", cites: ["ivo://y#0", "ivo://x#1"]));

        Assert.Equal(2, (await Table.FindAsync("A", Cancellation))!.Versions);
        Assert.Null(await Table.FindAsync("x#1", Cancellation));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_knows_topics_times_and_texts()
    {
        await KeepAsync(
            Version("A", First, 1, title: "Optical limits", body: "Nothing down to R = 21"), Version("B", First, 2, topic: "other", names: ["GRB 260102A"]), Version("C", First, 3, body: "ÉTÉ x%_y"));

        Assert.Equal("3 C B A", await ListAsync(new(null, null, null, null, 10, 0)));
        Assert.Equal("3 B", await ListAsync(new(null, null, null, null, 1, 1)));
        Assert.Equal("1 B", await ListAsync(new(null, "other", null, null, 10, 0)));
        Assert.Equal("2 C A", await ListAsync(new("gcn", "gcn.circulars", null, null, 10, 0)));
        Assert.Equal("0", await ListAsync(new("hop", null, null, null, 10, 0)));
        Assert.Equal("2 C B", await ListAsync(new(null, null, 2, null, 10, 0)));
        Assert.Equal("1 A", await ListAsync(new(null, null, null, "r = 21", 10, 0)));
        Assert.Equal("1 A", await ListAsync(new(null, null, null, "optical", 10, 0)));
        Assert.Equal("1 B", await ListAsync(new(null, null, null, "grb 2601", 10, 0)));
        Assert.Equal("1 C", await ListAsync(new(null, null, null, "x%_y", 10, 0)));
        Assert.Equal("0", await ListAsync(new(null, null, null, "x%y", 10, 0)));
    }

    [Fact]
    public async Task The_list_is_narrowed_to_a_kind_and_to_some_events()
    {
        await KeepAsync(Version("A", First, 1), Version("B", First, 2) with { Kind = 2 }, Version("C", First, 3) with { Kind = 2 });
        var some = (await Table.ListAsync(new(null, null, null, null, 10, 0), Cancellation)).Rows.Where(row => row.Key != "C").Select(row => row.Id).ToArray();

        Assert.Equal("2 C B", await ListAsync(new(null, null, null, null, 10, 0) { Kind = 2 }));
        Assert.Equal("2 B A", await ListAsync(new(null, null, null, null, 10, 0) { Ids = some }));
        Assert.Equal("1 B", await ListAsync(new(null, null, 2, null, 10, 0) { Ids = some, Kind = 2 }));
        Assert.Equal("0", await ListAsync(new(null, null, null, null, 10, 0) { Ids = [] }));
    }

    [Fact]
    public async Task All_of_a_version_comes_back()
    {
        var version = Version("A", First, 1, title: "t", type: 3, place: new(1, 2, 0.25, 0.9), ivorn: "ivo://a#1", body: "line\nother \u2028 💥");
        version = version with
        {
            Content = version.Content with { IsTest = true, Submitter = "A. Body", IssuedMicroseconds = 7, EventMicroseconds = 8, Stated = "3" },
            Message = version.Message with { MessageId = Second },
        };
        await KeepAsync(version);

        var row = (await Table.FindAsync("A", Cancellation))!;
        Assert.Equal(new(1, version.Content, version.Message), await Table.VersionAsync(row.Id, 1, Cancellation));
        Assert.Equal((true, 8), (row.IsTest, row.EventMicroseconds));
        Assert.Null(await Table.VersionAsync(row.Id, 2, Cancellation));
        Assert.Null(await Table.FindAsync("a", Cancellation));
    }

    [Fact]
    public async Task Writers_that_meet_at_a_new_event_make_one()
    {
        var fates = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Writing.KeepAsync([Version("A", First, i), Version("A", Second, 100 + i)])));

        Assert.Single(fates.SelectMany(pair => pair), SkyEventFate.NewEvent);
        Assert.Single(fates.SelectMany(pair => pair), SkyEventFate.NewVersion);
        Assert.Equal(2, (await Table.FindAsync("A", Cancellation))!.Versions);
    }

    [Fact]
    public async Task A_text_that_no_database_keeps_is_refused_and_the_others_of_its_batch_with_it()
    {
        await Assert.ThrowsAsync<StorageException>(() => KeepAsync(Version("A", First, 1), Version("B", First, 2, body: "half \ud800")));
        Assert.Null(await Table.FindAsync("A", Cancellation));
    }

    private Task<IReadOnlyList<SkyEventFate>> KeepAsync(params NewSkyEventVersion[] versions) => Writing.KeepAsync(versions);

    private async Task<string> ListAsync(SkyEventListQuery query)
    {
        var (total, rows) = await Table.ListAsync(query, Cancellation);
        return string.Join(' ', rows.Select(row => row.Key).Prepend(total.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static NewSkyEventVersion Edited(Guid content, long offset, string? stated, string title, string topic = "gcn.circulars") =>
        Version("A", content, offset, stated, title, topic: topic) with { MayReturn = true };

    /// <summary>The message's time is its offset.</summary>
    private static NewSkyEventVersion Version(
        string key, Guid content, long offset, string? stated = null, string title = "", int type = 0, SkyEventPlace? place = null, string[]? names = null, string[]? words = null,
        bool replaces = false, string? ivorn = null, string[]? cites = null, string topic = "gcn.circulars", string body = "") => new()
        {
            Key = key,
            Kind = 1,
            Names =
            [
                new(key, Normal(key), SkyEventNameRank.Id),
                .. (names ?? []).Select(name => new SkyEventName(name, Normal(name), SkyEventNameRank.Stated)),
                .. (words ?? []).Select(name => new SkyEventName(name, Normal(name), SkyEventNameRank.Words)),
            ],
            ReplacesNames = replaces,
            Cites = cites ?? [],
            Content = new() { Hash = content, Stated = stated, Source = "circular", Title = title, Type = type, IsTest = false, Place = place, Ivorn = ivorn, Body = body },
            Message = new("gcn", topic, 0, offset, offset, null),
        };

    private static string Normal(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
