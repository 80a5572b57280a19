using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class PhotometryFilesTests(SampleSilo silo) : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    [Fact]
    public async Task A_file_goes_to_the_silo_with_all_that_was_said_of_it()
    {
        await WriteAsync("large.csv", new string('x', (2 * PhotometryImportRequest.MaxPart) + 1));

        var answer = await TomAsync(
            "photometry", "import", "large.csv", "--target", "SIM-001", "--map", "a=b=time", "--map", "3=magnitude", "--telescope", "FTN", "--unit", "uJy", "--scale", "tai", "--skip-bad", "--json");

        Assert.Equal(0, answer.Code);
        Assert.Equal((2, 1, 1), (answer.Json.GetProperty("rows").GetInt32(), answer.Json.GetProperty("stored").GetInt32(), answer.Json.GetProperty("refused").GetInt32()));
        Assert.Equal("refused", answer.Json.GetProperty("byRow")[1].GetProperty("fate").GetString());
        var import = Assert.Single(silo.Tom.Imports, import => import.Request.FileName == "large.csv");
        Assert.Equal((2 * PhotometryImportRequest.MaxPart) + 1, import.Bytes);
        Assert.Equal(("large.csv", "SIM-001", "FTN", "uJy", "tai"), (import.Request.FileName, import.Request.Target, import.Request.Telescope, import.Request.Unit, import.Request.TimeScale));
        Assert.Equal([new("a=b", "time"), new("3", "magnitude")], import.Request.Columns);
    }

    [Fact]
    public async Task A_refused_file_is_a_failure_that_shows_its_rows_and_says_why()
    {
        await WriteAsync("curve.csv", "time,filter");

        var answer = await TomAsync("photometry", "import", "curve.csv");

        Assert.Equal(1, answer.Code);
        Assert.Contains("refused", answer.Out, StringComparison.Ordinal);
        Assert.Contains("1 stored, 1 refused", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", answer.Out + answer.Error, StringComparison.Ordinal);
        Assert.StartsWith("tom: 1 of 2 rows cannot be read", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_or_empty_file_is_told_by_its_name()
    {
        Assert.Equal("tom: no file 'no.csv'", (await TomAsync("photometry", "import", "no.csv")).ErrorLine);
        await WriteAsync("empty.csv", "");
        Assert.Equal("tom: 'empty.csv' is empty", (await TomAsync("photometry", "import", "empty.csv")).ErrorLine);
    }

    [Theory]
    [InlineData("--ecsv", "Ecsv")]
    [InlineData("--votable", "VoTable")]
    [InlineData("--jsonl", "JsonLines")]
    public async Task Each_form_is_written_by_the_silo_and_put_together_here(string option, string form)
    {
        var answer = await TomAsync("photometry", "SIM-001", option, "-");

        Assert.Equal((0, $"{form},0\n{form},7\n"), (answer.Code, answer.Out));
    }

    [Fact]
    public async Task The_toolkits_columns_are_a_kind_of_csv() =>
        Assert.Equal("ToolkitCsv,0\nToolkitCsv,7\n", (await TomAsync("photometry", "SIM-001", "--csv", "-", "--toolkit")).Out);

    [Fact]
    public async Task Revisions_show_every_value_and_which_one_stands()
    {
        var answer = await TomAsync("photometry", "SIM-001", "--revisions");

        Assert.Equal(0, answer.Code);
        var lines = answer.Out.Split('\n');
        Assert.Contains(lines, line => line.Contains("0000000000000001.0000000000000002", StringComparison.Ordinal) && line.Contains("shown", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("0000000000000001.0000000000000003", StringComparison.Ordinal) && line.Contains("revised", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("broker", StringComparison.Ordinal) && line.Contains("another origin", StringComparison.Ordinal));
        Assert.Contains("3 values of 1 point of SIM-001", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_are_withdrawn_by_their_keys_and_brought_back()
    {
        var answer = await TomAsync("photometry", "retract", "SIM-001", "0000000000000001", "0000000000000004.0000000000000002");

        Assert.Equal((0, "2 values of SIM-001 withdrawn\n"), (answer.Code, answer.Out));
        await TomAsync("photometry", "retract", "SIM-001", "0000000000000001", "--undo");
        Assert.Equal(["0000000000000001 0000000000000004.0000000000000002 True", "0000000000000001 False"], silo.Tom.Retractions);
    }

    [Theory]
    [InlineData("tom: --csv and --ecsv cannot both be written at once: give one of them. See: tom photometry --help", "SIM-001", "--csv", "a", "--ecsv", "b")]
    [InlineData("tom: --toolkit says how --csv is written: give that too. See: tom photometry --help", "SIM-001", "--toolkit")]
    [InlineData("tom: --map: 'time' is not COLUMN=FIELD. See: tom photometry import --help", "import", "a.csv", "--map", "time")]
    [InlineData("tom: Required argument missing for command: 'import'. See: tom photometry import --help", "import")]
    public async Task Wrong_usage_is_one_line(string line, params string[] arguments)
    {
        var answer = await _console.TomAsync(["photometry", .. arguments]);

        Assert.Equal((2, line), (answer.Code, answer.ErrorLine));
    }

    public void Dispose() => _console.Dispose();

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(_console.WorkingFolder).FullName, name), text, TestContext.Current.CancellationToken);

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) => _console.TomAsync([.. arguments, "--gateway", $"127.0.0.1:{silo.GatewayPort}"]);
}
