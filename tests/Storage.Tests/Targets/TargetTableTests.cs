using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Targets;

public sealed class SqliteTargetTableTests() : TargetTableTests(new SqliteTestDatabase());

public sealed class PostgreSqlTargetTableTests(PostgreSqlServer server) : TargetTableTests(new PostgreSqlTestDatabase(server));

public abstract class TargetTableTests(ITestDatabase test) : DatabaseTest(test)
{
    private TargetTable Table => new(Database, Writer);

    [Fact]
    public async Task Target_is_found_by_its_name_and_by_its_alias()
    {
        var (id, created) = await Table.CreateAsync(Rows.Target("SN2026abc", 10.5, -20.25, "ZTF26aaaaaaa"));

        var found = await Table.ResolveAsync(["ZTF26AAAAAAA", "SN2026ABC", "NOBODY"]);
        var row = Assert.Single(await Table.GetAsync([id, 999]));

        Assert.True(created);
        Assert.Equal(new Dictionary<string, long> { ["SN2026ABC"] = id, ["ZTF26AAAAAAA"] = id }, found);
        Assert.Equal("SN2026abc", row.Name);
        Assert.Equal(["ZTF26aaaaaaa"], row.Aliases);
        Assert.Equal((10.5, -20.25, 0L, null), (row.RightAscension, row.Declination, row.Points, row.FirstMicroseconds));
        Assert.Equal((1_000L, "a test"), (row.CreatedMicroseconds, row.CreatedBy));
    }

    [Fact]
    public async Task Eight_tasks_that_create_one_target_make_one()
    {
        await using var other = await Test.OpenAsync();
        await using var otherWriter = new TomOrleans.Storage.Writing.GroupCommitWriter(other);
        var tables = new[] { Table, new TargetTable(other, otherWriter) };

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => tables[i % 2].CreateAsync(Rows.Target("AT2026x", 1, 2)))));

        Assert.Single(made.Select(m => m.Id).Distinct());
        Assert.Single(made, m => m.Created);
        Assert.Equal((1, 0), await Table.CountAsync());
    }

    [Fact]
    public async Task Name_that_is_an_alias_of_another_answers_that_target()
    {
        var (id, _) = await Table.CreateAsync(Rows.Target("A", null, null, "B"));

        Assert.Equal((id, false), await Table.CreateAsync(Rows.Target("b")));
    }

    [Fact]
    public async Task Alias_that_is_taken_is_left_out()
    {
        var (first, _) = await Table.CreateAsync(Rows.Target("A", null, null, "shared"));
        var (second, created) = await Table.CreateAsync(Rows.Target("B", null, null, "shared", "own"));

        Assert.True(created);
        Assert.Equal(["own"], Assert.Single(await Table.GetAsync([second])).Aliases);
        Assert.Equal(first, (await Table.ResolveAsync(["SHARED"]))["SHARED"]);
    }

    [Fact]
    public async Task List_is_by_name_or_latest_light_and_tells_the_total()
    {
        var (a, _) = await Table.CreateAsync(Rows.Target("alpha", null, null, "xyz"));
        var (b, _) = await Table.CreateAsync(Rows.Target("beta"));
        var (c, _) = await Table.CreateAsync(Rows.Target("gamma", null, null, "xy"));
        await Writer.AppendPhotometryAsync(b, [Rows.Point(1, time: 10)]);
        await Writer.AppendPhotometryAsync(a, [Rows.Point(1, time: 20)]);

        var byName = await Table.ListAsync(new(null, null, false, 2, 1));
        var latest = await Table.ListAsync(new(null, null, true, 10, 0));
        var withText = await Table.ListAsync(new("XY", null, false, 10, 0));
        var among = await Table.ListAsync(new("XY", [b, c], false, 10, 0));

        Assert.Equal(3, byName.Total);
        Assert.Equal([b, c], byName.Rows.Select(row => row.Id));
        Assert.Equal([a, b, c], latest.Rows.Select(row => row.Id));
        Assert.Equal((2, "alpha,gamma"), (withText.Total, string.Join(',', withText.Rows.Select(row => row.Name))));
        Assert.Equal((1, c), (among.Total, among.Rows[0].Id));
        Assert.Equal((3, 2), await Table.CountAsync());
    }

    [Fact]
    public async Task Text_with_wildcards_stands_for_itself()
    {
        await Table.CreateAsync(Rows.Target("alpha"));

        Assert.Equal(0, (await Table.ListAsync(new("%", null, false, 10, 0))).Total);
    }

    [Fact]
    public async Task Name_with_a_nul_character_is_refused()
    {
        await Assert.ThrowsAsync<StorageException>(() => Table.CreateAsync(Rows.Target("a\0b")));
    }

    [Theory]
    [InlineData(120, 89.9, 1.5)]
    [InlineData(359.95, -12, 0.7)]
    [InlineData(0.02, 45, 2)]
    [InlineData(200, -89.2, 0.5)]
    [InlineData(83.6, 22, 10)]
    [InlineData(180, 0, 180)]
    [InlineData(83.6, 22.01, 0)]
    public async Task Cone_search_finds_what_brute_force_finds(double rightAscension, double declination, double radius)
    {
        var random = new Random(7);
        var places = new List<(long Id, double Ra, double Dec)>();
        await Writer.RunAsync(async context =>
        {
            foreach (var (ra, dec) in Places(random, rightAscension, declination))
            {
                var id = await context.Sql("INSERT INTO target (name, ra, dec, created_us, created_by) VALUES ('x', @ra, @dec, 0, '') RETURNING id")
                    .With("ra", ra).With("dec", dec).FirstAsync(r => r.GetInt64(0));
                await context.Sql("INSERT INTO target_position (zone, ra, target_id, dec) VALUES (@zone, @ra, @id, @dec)")
                    .With("zone", ConeSearch.Zone(dec)).With("ra", ra).With("id", id).With("dec", dec).ExecuteAsync();
                places.Add((id, ra, dec));
            }

            return 0;
        });

        var found = await Table.FindInConeAsync(rightAscension, declination, radius);

        var expected = places.Select(p => (p.Id, Separation: VectorSeparation(rightAscension, declination, p.Ra, p.Dec)))
            .Where(p => p.Separation <= radius).OrderBy(p => p.Separation).ThenBy(p => p.Id).ToArray();
        Assert.Equal(expected.Select(p => p.Id).Order(), found.Select(p => p.Id).Order());
        Assert.Equal(radius > 0, expected.Length > 10);
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.SeparationDegrees <= pair.Second.SeparationDegrees));
        Assert.All(expected.Zip(found.Select(f => f.SeparationDegrees)), pair => Assert.Equal(pair.First.Separation, pair.Second, 1e-5));
    }

    [Fact]
    public async Task Created_target_is_in_the_cone_around_it_and_its_right_ascension_is_turned_into_range()
    {
        var (id, _) = await Table.CreateAsync(Rows.Target("A", -0.001, 5));

        var found = await Table.FindInConeAsync(0.001, 5, 0.01);

        Assert.Equal(id, Assert.Single(found).Id);
        Assert.Equal(0.002 * Math.Cos(double.DegreesToRadians(5)), found[0].SeparationDegrees, 1e-9);
        Assert.Equal(359.999, Assert.Single(await Table.GetAsync([id])).RightAscension!.Value, 1e-9);
    }

    [Fact]
    public async Task Cone_that_is_none_is_refused()
    {
        await Assert.ThrowsAsync<StorageException>(() => Table.FindInConeAsync(0, 91, 1));
        await Assert.ThrowsAsync<StorageException>(() => Table.FindInConeAsync(double.NaN, 0, 1));
    }

    /// <summary>Places all over the sky, many near the centre, and the awkward ones.</summary>
    private static IEnumerable<(double Ra, double Dec)> Places(Random random, double ra, double dec)
    {
        yield return (0, 90);
        yield return (0, -90);
        yield return (0, 0);
        yield return (359.999999, dec);
        for (var i = 0; i < 300; i++)
        {
            var z = (2 * random.NextDouble()) - 1;
            yield return (random.NextDouble() * 360, double.RadiansToDegrees(Math.Asin(z)));
            var near = Math.Clamp(dec + (4 * random.NextDouble()) - 2, -90, 90);
            yield return (ConeSearch.NormaliseRightAscension(ra + (Math.Abs(near) > 85 ? 360 * random.NextDouble() : (6 * random.NextDouble()) - 3)), near);
        }
    }

    /// <summary>Another formula than the one under test: the angle between unit vectors.</summary>
    private static double VectorSeparation(double ra1, double dec1, double ra2, double dec2)
    {
        static (double X, double Y, double Z) Unit(double ra, double dec)
        {
            var (r, d) = (double.DegreesToRadians(ra), double.DegreesToRadians(dec));
            return (Math.Cos(d) * Math.Cos(r), Math.Cos(d) * Math.Sin(r), Math.Sin(d));
        }

        var (a, b) = (Unit(ra1, dec1), Unit(ra2, dec2));
        var cross = (X: (a.Y * b.Z) - (a.Z * b.Y), Y: (a.Z * b.X) - (a.X * b.Z), Z: (a.X * b.Y) - (a.Y * b.X));
        var sine = Math.Sqrt((cross.X * cross.X) + (cross.Y * cross.Y) + (cross.Z * cross.Z));
        return double.RadiansToDegrees(Math.Atan2(sine, (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z)));
    }
}
