namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class FilesTests(SampleSilo silo) : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) => _console.TomAsync(["files", "SIM-001", .. arguments, "--gateway", $"127.0.0.1:{silo.GatewayPort}"]);

    private string Here(string name) => Path.Combine(Directory.CreateDirectory(_console.WorkingFolder).FullName, name);

    [Fact]
    public async Task Files_are_listed_with_their_ids_and_harmless_names()
    {
        var answer = await TomAsync();

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains("x.fits", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", answer.Out, StringComparison.Ordinal);
        Assert.Equal("4", (await TomAsync("--json")).Json.GetProperty("files")[1].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_file_is_written_here_under_its_name_and_never_over_another()
    {
        Assert.Equal(0, (await TomAsync("4")).Code);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Here("x.fits"), TestContext.Current.CancellationToken));

        var again = await TomAsync("4");
        Assert.Equal(1, again.Code);
        Assert.Contains("--output", again.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(0, (await TomAsync("4", "-o", "y.fits")).Code);
        Assert.True(File.Exists(Here("y.fits")));
        Assert.Contains("has no file 9", (await TomAsync("9")).ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_removed_only_by_who_means_it()
    {
        Assert.Contains("give --yes", (await TomAsync("3", "--remove")).ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("file 3", silo.Tom.Retractions);

        Assert.Equal(0, (await TomAsync("3", "--remove", "--yes")).Code);
        Assert.Contains("file 3", silo.Tom.Retractions);
        Assert.Contains("which file", (await TomAsync("--remove", "--yes")).ErrorLine, StringComparison.Ordinal);
    }

    public void Dispose() => _console.Dispose();
}
