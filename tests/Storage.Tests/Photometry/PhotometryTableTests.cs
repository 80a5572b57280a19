using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Photometry;

public sealed class SqlitePhotometryTableTests() : PhotometryTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlPhotometryTableTests(PostgreSqlServer server) : PhotometryTableTests(new PostgreSqlTestDatabase(server));

public abstract class PhotometryTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private PhotometryTable Table => new(Database);

    [Fact]
    public async Task Second_hand_value_is_new_where_nothing_is_known_and_no_revision_of_what_is_but_from_whom_it_came()
    {
        var target = await CreateAsync("A");
        static MessageSource From(string? sender, long offset) => new("s", "t", 0, offset, null, sender, offset);
        async Task<RowFate> FateAsync(long content, string? sender, long offset, bool isSecondHand = true) =>
            Assert.Single(await Writer.AppendPhotometryAsync(target, [Rows.Point(1, content, source: From(sender, offset)) with { IsSecondHand = isSecondHand }]));

        Assert.Equal(RowFate.New, await FateAsync(1, "relay", 1));
        Assert.Equal(RowFate.Withheld, await FateAsync(2, "another relay", 2));
        Assert.Equal(RowFate.Withheld, await FateAsync(2, null, 3));
        Assert.Equal(RowFate.Revision, await FateAsync(3, "relay", 4));
        Assert.Equal(RowFate.Revision, await FateAsync(4, "measurer", 5, isSecondHand: false));
        Assert.Equal(RowFate.Known, await FateAsync(4, "another relay", 6));

        Assert.Equal([1, 3, 4], (await Table.ReadAsync(target)).Select(row => row.Content).Order());
    }

    [Fact]
    public async Task Row_comes_back_as_it_was_given()
    {
        var target = await CreateAsync("A");
        var full = new PhotometryRow
        {
            Identity = long.MinValue,
            Content = long.MaxValue,
            TimeMicroseconds = 1_722_900_123_456_789,
            TimeForm = 3,
            TimeText = "60528.987654321",
            Bandpass = "g'",
            Telescope = "Swope 1 m",
            Instrument = "Ä Direct/4K×4K",
            Value = 0.1 + 0.2,
            Error = double.Epsilon,
            Unit = 7,
            Limit = -1.7976931348623157E+308,
            LimitUnit = 2,
            ExposureSeconds = 30,
            Aside = new(LimitError: 0, LimitSigma: 5, Observer: "Ä. Nobody", Comments: "thin clouds; \"first\" light"),
            Origin = "LCO",
            MeasurementId = "obs-1",
            IsRetracted = true,
            Source = new("hop", "hermes.test", 11, 1234567890123, Guid.Parse("01234567-89ab-cdef-fedc-ba9876543210"), "lco-user", 1_722_900_200_000_000),
        };
        var bare = new PhotometryRow { Identity = 1, Content = 2, TimeMicroseconds = -1, TimeForm = 0, Bandpass = "r", Unit = 0, Origin = "me", Limit = 20 };

        await Writer.AppendPhotometryAsync(target, [full, bare]);

        Assert.Equal([bare, full], await Table.ReadAsync(target));

        // With nothing of it in the cache.
        await using var reopened = await Test.OpenAsync();
        Assert.Equal([bare, full], await new PhotometryTable(reopened).ReadAsync(target));
    }

    [Fact]
    public async Task Repeat_stores_nothing_and_moves_nothing()
    {
        var target = await CreateAsync("A");
        var row = Rows.Point(1, source: Rows.Message(5, 100, Guid.NewGuid()));

        Assert.Equal([RowFate.New], await Writer.AppendPhotometryAsync(target, [row]));
        Assert.Equal([RowFate.Known], await Writer.AppendPhotometryAsync(target, [row with { Source = Rows.Message(9, 900, Guid.NewGuid(), "another.topic") }]));

        Assert.Equal([row], await Table.ReadAsync(target));
        Assert.Equal(1, (await TargetAsync(target)).Points);
    }

    [Fact]
    public async Task Two_rows_of_one_identity_in_one_call_are_new_then_revision_then_known()
    {
        var target = await CreateAsync("A");

        var fates = await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 1), Rows.Point(1, 2), Rows.Point(1, 1), Rows.Point(2, 1)]);

        Assert.Equal([RowFate.New, RowFate.Revision, RowFate.Known, RowFate.New], fates);
        Assert.Equal(2, (await TargetAsync(target)).Points);
    }

    [Fact]
    public async Task Two_rows_of_one_identity_in_one_group_are_new_and_revision()
    {
        var target = await CreateAsync("A");

        var calls = await TogetherAsync(() => Enumerable.Range(1, 3).Select(content => Writer.AppendPhotometryAsync(target, [Rows.Point(1, content)])));

        Assert.Equal([RowFate.New, RowFate.Revision, RowFate.Revision], calls.Select(fates => fates[0]));
        Assert.Equal(1, (await TargetAsync(target)).Points);
        Assert.Equal(3, (await Table.ReadAsync(target)).Count);
    }

    [Fact]
    public async Task Same_identity_of_another_target_is_new()
    {
        var (a, b) = (await CreateAsync("A"), await CreateAsync("B"));

        await Writer.AppendPhotometryAsync(a, [Rows.Point(1)]);

        Assert.Equal([RowFate.New], await Writer.AppendPhotometryAsync(b, [Rows.Point(1)]));
    }

    [Fact]
    public async Task Value_stated_again_after_a_revision_is_shown_again()
    {
        var target = await CreateAsync("A");
        var (first, revised, again) = (Rows.Message(1, 100, Guid.NewGuid()), Rows.Message(2, 200, Guid.NewGuid()), Rows.Message(3, 300, Guid.NewGuid()));
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 1, source: first)]);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 2, source: revised)]);

        Assert.Equal([RowFate.Known], await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 1, source: again)]));

        Assert.Equal(again, (await Table.ReadAsync(target)).Single(row => row.Content == 1).Source);
        Assert.Equal(1, (await Table.LatestAsync([target]))[target].Content);
    }

    [Fact]
    public async Task Value_stated_again_in_the_group_that_revises_it_is_shown()
    {
        var target = await CreateAsync("A");

        await Writer.AppendPhotometryAsync(target, [
            Rows.Point(1, 1, source: Rows.Message(1, 100)), Rows.Point(1, 2, source: Rows.Message(2, 100)), Rows.Point(1, 1, source: Rows.Message(3, 100))]);

        Assert.Equal(3, (await Table.ReadAsync(target)).Single(row => row.Content == 1).Source!.Offset);
        Assert.Equal(1, (await Table.LatestAsync([target]))[target].Content);
    }

    [Theory]
    [InlineData(false, 3, 300, true)]
    [InlineData(false, 3, 100, true)]
    [InlineData(false, 1, 300, false)]
    [InlineData(false, 3, 50, false)]
    [InlineData(true, 3, 300, false)]
    public async Task Source_moves_only_to_a_later_message_that_is_another(bool sameMessageId, long offset, long time, bool moves)
    {
        // Content 1 came in the message at offset 1, time 100, and was revised by that at offset 2; then it comes again.
        var target = await CreateAsync("A");
        var id = sameMessageId ? Guid.NewGuid() : (Guid?)null;
        var first = Rows.Message(1, 100, id);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 1, source: first), Rows.Point(1, 2, source: Rows.Message(2, 200))]);

        await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 1, source: Rows.Message(offset, time, id))]);

        Assert.Equal(moves ? Rows.Message(offset, time, id) : first, (await Table.ReadAsync(target)).Single(row => row.Content == 1).Source);
    }

    [Fact]
    public async Task Late_message_does_not_replace_a_newer_value()
    {
        var target = await CreateAsync("A");
        await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 2, source: Rows.Message(2, 200), value: 18)]);

        Assert.Equal([RowFate.Revision], await Writer.AppendPhotometryAsync(target, [Rows.Point(1, 1, source: Rows.Message(1, 100), value: 17)]));

        Assert.Equal(18, (await Table.LatestAsync([target]))[target].Value);
    }

    [Fact]
    public async Task Latest_is_the_shown_row_with_the_latest_light_of_each_target()
    {
        var (a, b, empty) = (await CreateAsync("A"), await CreateAsync("B"), await CreateAsync("C"));
        await Writer.AppendPhotometryAsync(a, [
            Rows.Point(1, time: 10), Rows.Point(2, 1, time: 30, source: Rows.Message(1, 100)), Rows.Point(2, 2, time: 29, source: Rows.Message(2, 200)),
            Rows.Point(3, time: 40) with { IsRetracted = true }]);
        await Writer.AppendPhotometryAsync(b, [Rows.Point(1, time: 5)]);

        var latest = await Table.LatestAsync([a, b, empty, a]);

        Assert.Equal([a, b], latest.Keys.Order());
        Assert.Equal((2, 2), (latest[a].Identity, latest[a].Content));
        Assert.Equal(5, latest[b].TimeMicroseconds);
        Assert.Equal("ZTF", latest[b].Origin);
    }

    [Fact]
    public async Task Summary_follows_the_points()
    {
        var target = await CreateAsync("A");

        await Writer.AppendPhotometryAsync(target, [Rows.Point(1, time: 50), Rows.Point(2, time: 20)]);
        await Writer.AppendPhotometryAsync(target, [Rows.Point(3, time: 30), Rows.Point(1, time: 50)]);

        var row = await TargetAsync(target);
        Assert.Equal((3, 20, 50), (row.Points, row.FirstMicroseconds, row.LastMicroseconds));
    }

    [Fact]
    public async Task Unknown_target_is_refused_and_the_others_of_the_group_are_stored()
    {
        var target = await CreateAsync("A");
        Task<IReadOnlyList<RowFate>>? bad = null;

        IEnumerable<Task<IReadOnlyList<RowFate>>> Queue()
        {
            bad = Writer.AppendPhotometryAsync(999, [Rows.Point(1)]);
            yield return Writer.AppendPhotometryAsync(target, [Rows.Point(1)]);
        }

        Assert.Equal([RowFate.New], Assert.Single(await TogetherAsync(Queue)));
        Assert.Equal(999, (await Assert.ThrowsAsync<UnknownTargetException>(() => bad!)).TargetId);
        Assert.Empty(await Table.ReadAsync(999));
    }

    [Fact]
    public async Task Text_that_cannot_be_kept_is_refused_by_name()
    {
        var target = await CreateAsync("A");

        var nul = await Assert.ThrowsAsync<StorageException>(() => Writer.AppendPhotometryAsync(target, [Rows.Point(1) with { Bandpass = "r\0" }]));
        var half = await Assert.ThrowsAsync<StorageException>(() => Writer.AppendPhotometryAsync(target, [Rows.Point(1) with { Telescope = "a\ud800b" }]));
        var huge = await Assert.ThrowsAsync<StorageException>(() => Writer.AppendPhotometryAsync(target, [Rows.Point(1) with { Origin = new string('x', 1000) }]));

        Assert.Contains("band", nul.Message, StringComparison.Ordinal);
        Assert.Contains("telescope", half.Message, StringComparison.Ordinal);
        Assert.Contains("1000 characters", huge.Message, StringComparison.Ordinal);
        Assert.Empty(await Table.ReadAsync(target));
    }

    private async Task<long> CreateAsync(string name) => (await new TargetTable(Database, Writer).CreateAsync(Rows.Target(name))).Id;

    private async Task<TargetRow> TargetAsync(long id) => (await new TargetTable(Database, Writer).GetAsync([id]))[0];

    /// <summary>Holds the writer up while the calls are queued, so that they share a transaction.</summary>
    private async Task<T[]> TogetherAsync<T>(Func<IEnumerable<Task<T>>> calls)
    {
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hold = Writer.RunAsync(async _ =>
        {
            entered.SetResult();
            await go.Task;
            return 0;
        });
        await entered.Task;
        var before = Writer.Transactions;
        var queued = calls().ToArray();
        go.SetResult();
        await hold;
        var results = await Task.WhenAll(queued);
        Assert.Equal(before + 2, Writer.Transactions);
        return results;
    }
}
