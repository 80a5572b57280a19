using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Products;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Storage.Tests.Targets;

public sealed class SqliteTargetDataUndosTests() : TargetDataUndosTests(new SqliteTestDatabase());

public sealed class PostgreSqlTargetDataUndosTests(PostgreSqlServer server) : TargetDataUndosTests(new PostgreSqlTestDatabase(server));

/// <summary>What a target has beside its own row goes where it goes: spectra, files, and points that come at that very moment.</summary>
public abstract class TargetDataUndosTests(ITestDatabase test) : DatabaseTest(test)
{
    private TargetTable Table => new(Database, Writer);

    private TargetUndos Undos => new(Database, Writer);

    private ProductTable Files => new(Database, Writer);

    private SpectrumTable Spectra => new(Database, Writer);

    [Fact]
    public async Task Spectra_and_files_go_and_come_back_with_their_target_and_are_swept_with_it()
    {
        var (from, into) = await TwoAsync();
        var (a, b) = (await AddFileAsync(from, "a"), await AddFileAsync(into, "b"));
        await Spectra.AppendAsync(from, [Spectrum(1)]);
        await Spectra.AppendAsync(into, [Spectrum(1), Spectrum(2)]);
        await AssertSeenAsync(into, [b, a], [b], 3);

        var merged = await Undos.MergeAsync(from, into, "ada", 50);
        await AssertSeenAsync(into, [b, a], [b, a], 2);
        Assert.Equal([a, b], (await Files.SearchAsync("FROM2", 0, 10)).Rows.Select(file => file.Id).Order());
        await Undos.UndoAsync(merged.Undo.Id, "eve", 51, notBefore: 0);
        await AssertSeenAsync(into, [b, a], [b], 3);

        await Undos.MergeAsync(from, into, "ada", 52);
        var removed = await Undos.RemoveAsync(into, "ada", 53);
        await AssertSeenAsync(into, [], [], 0);
        Assert.Null(await Files.FindAsync(a));
        Assert.Null(await Files.FindAsync(b));
        Assert.True(await Files.IsTakenAsync("a"));
        await Undos.UndoAsync(removed.Id, "eve", 54, notBefore: 0);
        await AssertSeenAsync(into, [b, a], [b, a], 2);
        Assert.Equal("a", (await Files.FindAsync(a))!.Value.Row.FileName);

        var other = await AddFileAsync(await Table.AddAsync(Rows.Target("other")), "c");
        await Undos.RemoveAsync(into, "ada", 55);
        while (await Undos.SweepAsync(before: 60, most: 10))
        {
        }

        Assert.False(await Files.IsTakenAsync("a"));
        Assert.False(await Files.IsTakenAsync("b"));
        Assert.Equal([other], (await Files.ListAsync(null, 0, 10)).Rows.Select(file => file.Id));
        Assert.Empty(await Spectra.ListAsync(from));
        Assert.Empty(await Spectra.ListAsync(into));
    }

    [Fact]
    public async Task Points_that_race_with_a_merge_are_in_the_other_target_or_refused()
    {
        var (from, into) = await TwoAsync();
        await using var other = await Test.OpenAsync();
        await using var otherWriter = new TomOrleans.Storage.Writing.GroupCommitWriter(other);
        var stored = new List<long>();
        var begun = new TaskCompletionSource();
        var appending = Task.Run(async () =>
        {
            for (var i = 1L; i <= 5_000; i++)
            {
                try
                {
                    await otherWriter.AppendPhotometryAsync(from, [Rows.Point(i)]);
                    stored.Add(i);
                }
                catch (UnknownTargetException)
                {
                    return;
                }

                if (i == 20)
                    begun.SetResult();
            }
        });
        await begun.Task;

        await Undos.MergeAsync(from, into, "ada", 50);
        await appending;

        Assert.Equal(stored, (await new PhotometryTable(Database).ReadAsync(into)).Select(row => row.Identity).Order());
    }

    private async Task<(long From, long Into)> TwoAsync() => (await Table.AddAsync(Rows.Target("FROM", 10, 20, "FROM2")), await Table.AddAsync(Rows.Target("INTO", 10.5, 20)));

    private async Task<long> AddFileAsync(long target, string name) =>
        (await Files.InsertAsync(new(0, target, name, "fits_file", name, "", 1, 5, "ada"), [1]))!.Value;

    /// <summary>Files of all and of a target, newest first, and how many spectra there are of all.</summary>
    private async Task AssertSeenAsync(long target, long[] all, long[] ofTarget, long spectra)
    {
        Assert.Equal(all, (await Files.ListAsync(null, 0, 10)).Rows.Select(file => file.Id));
        Assert.Equal(ofTarget, (await Files.ListAsync(target, 0, 10)).Rows.Select(file => file.Id));
        var (total, rows) = await Spectra.ListAllAsync("LCO", 0, 10);
        Assert.Equal((spectra, spectra), (total, rows.Count));
    }

    private static SpectrumRow Spectrum(long identity) => new()
    {
        Identity = identity,
        Content = identity,
        TimeMicroseconds = identity,
        TimeForm = 0,
        Origin = "LCO",
        Length = 1,
        Wavelength = [4000],
        Flux = [1],
    };
}
