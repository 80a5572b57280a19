using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Photometry;

public sealed class SqliteWitnessTests() : WitnessTests(new SqliteTestDatabase());

public sealed class PostgreSqlWitnessTests(PostgreSqlServer server) : WitnessTests(new PostgreSqlTestDatabase(server));

/// <summary>The same value of a time, band and telescope by several origins is one measurement.</summary>
public abstract class WitnessTests(ITestDatabase test) : DatabaseTest(test)
{
    private const long Time = 1_700_000_000_000_000;

    private PhotometryTable Table => new(Database);

    private TargetTable Targets => new(Database, Writer);

    [Fact]
    public async Task Another_origin_with_an_equal_value_is_no_point_of_its_own()
    {
        var target = await CreateAsync();

        Assert.Equal([RowFate.New], await Writer.AppendPhotometryAsync(target, [Row("ZTF", 1)]));
        Assert.Equal([RowFate.Witness], await Writer.AppendPhotometryAsync(target, [Row("broker", 1)]));
        Assert.Equal([RowFate.Known], await Writer.AppendPhotometryAsync(target, [Row("broker", 1)]));

        Assert.Equal(1, await PointsAsync(target));
        Assert.Equal(["ZTF", "broker"], (await Table.ReadAsync(target)).Select(row => row.Origin).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_a_different_value_time_band_or_telescope_it_is()
    {
        var target = await CreateAsync();
        var row = Row("broker", 1);

        var fates = await Writer.AppendPhotometryAsync(target,
        [
            Row("ZTF", 1),
            row with { Content = 2 },
            row with { Identity = 101, TimeMicroseconds = Time + 1 },
            row with { Identity = 102, Bandpass = "R" },
            row with { Identity = 103, Telescope = null },
            row with { Identity = 104, Origin = "another broker" },
            Row("ZTF", 1) with { Identity = 105, MeasurementId = "its second" },
        ]);

        Assert.Equal([RowFate.New, RowFate.New, RowFate.New, RowFate.New, RowFate.New, RowFate.Witness, RowFate.New], fates);
        Assert.Equal(6, await PointsAsync(target));
    }

    [Fact]
    public async Task A_revision_parts_what_was_one_and_may_join_it_again()
    {
        var target = await CreateAsync();
        await Writer.AppendPhotometryAsync(target, [Row("ZTF", 1), Row("broker", 1)]);
        Assert.Equal(1, await PointsAsync(target));

        Assert.Equal([RowFate.Revision], await Writer.AppendPhotometryAsync(target, [Row("broker", 2, messageTime: 20)]));
        Assert.Equal(2, await PointsAsync(target));

        Assert.Equal([RowFate.Revision], await Writer.AppendPhotometryAsync(target, [Row("ZTF", 2, messageTime: 20)]));
        Assert.Equal(1, await PointsAsync(target));
    }

    [Fact]
    public async Task What_another_origin_has_revised_stands_for_nobody()
    {
        var target = await CreateAsync();
        await Writer.AppendPhotometryAsync(target, [Row("ZTF", 1), Row("ZTF", 2, messageTime: 20)]);

        await Writer.AppendPhotometryAsync(target, [Row("broker", 1)]);

        Assert.Equal(2, await PointsAsync(target));
    }

    [Fact]
    public async Task Points_are_counted_alike_in_whatever_order_and_groups_they_came()
    {
        string[] origins = ["ZTF", "broker", "other"];
        var rows = origins.SelectMany((origin, number) => Enumerable.Range(0, 3).SelectMany(time => Enumerable.Range(1, 2).Select(content =>
            Row(origin, content, messageTime: 10 + (((number + content + time) % 3) * 10) + number, time: Time + time)))).ToArray();
        var expected = -1L;
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            random.Shuffle(rows);
            var target = await CreateAsync($"T{seed}");
            for (var from = 0; from < rows.Length;)
            {
                var count = random.Next(1, 6);
                await Writer.AppendPhotometryAsync(target, [.. rows.Skip(from).Take(count)]);
                from += count;
            }

            var shown = (await Table.ReadAsync(target)).GroupBy(row => row.Identity).Select(group => group.Order(ShownOrder.Instance).Last())
                .GroupBy(row => (row.TimeMicroseconds, row.Content, row.Bandpass, row.Telescope)).Sum(alike => alike.CountBy(row => row.Origin).Max(count => count.Value));
            Assert.Equal(shown, await PointsAsync(target));
            expected = expected < 0 ? shown : expected;
            Assert.Equal(expected, shown);
        }
    }

    [Fact]
    public async Task Withdrawing_marks_the_rows_once_and_counts_anew()
    {
        var target = await CreateAsync();
        await Writer.AppendPhotometryAsync(target, [Row("ZTF", 1), Row("broker", 1), Row("broker", 2, messageTime: 20)]);
        var retraction = new PhotometryRetraction(Database, Writer);
        var rows = await Table.ReadAsync(target);
        var revised = rows.Single(row => row.Content == 2);
        Assert.Equal(2, await PointsAsync(target));

        Assert.Equal(1, await retraction.SetAsync(target, [(revised.Identity, revised.Content)], retracted: true));
        Assert.Equal(0, await retraction.SetAsync(target, [(revised.Identity, revised.Content)], retracted: true));

        Assert.Equal(1, await PointsAsync(target));
        Assert.True((await Table.ReadAsync(target)).Single(row => row.Content == 2).IsRetracted);
        Assert.Equal(1, await retraction.SetAsync(target, [(revised.Identity, revised.Content)], retracted: false));
        Assert.Equal(2, await PointsAsync(target));
        await Assert.ThrowsAsync<UnknownTargetException>(() => retraction.SetAsync(999, [(1, 1)], retracted: true));
    }

    private static PhotometryRow Row(string origin, long content, long messageTime = 10, long time = Time) =>
        Rows.Point(HashCodeOf(origin) + ((time - Time) * 1_000), content, time, Rows.Message(messageTime, messageTime)) with { Origin = origin };

    private static long HashCodeOf(string origin) => origin.Length * 7L;

    private Task<long> CreateAsync(string name = "A") => Targets.CreateAsync(Rows.Target(name)).ContinueWith(made => made.Result.Id, TaskScheduler.Default);

    private async Task<long> PointsAsync(long target) => (await Targets.GetAsync([target]))[0].Points;
}
