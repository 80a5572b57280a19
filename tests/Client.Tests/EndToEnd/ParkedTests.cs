namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class ParkedTests : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    private readonly SampleSilo _silo;

    public ParkedTests(SampleSilo silo)
    {
        _silo = silo;
        _silo.Tom.ParkedSelections.Clear();
    }

    private Task<ConsoleAnswer> ParkedAsync(params string[] arguments) =>
        _console.TomAsync(["parked", .. arguments, "--gateway", $"127.0.0.1:{_silo.GatewayPort}"]);

    [Fact]
    public async Task Show_has_the_reason_the_refused_rows_the_headers_and_the_text()
    {
        var answer = await ParkedAsync("show", "9007199254740993");

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var lines = answer.Out.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Superset(
            new HashSet<string>(["Reason 2 rows could not be read", "Refused data.photometry[0]: no time", "Header _sender: somebody", "Header _id: 0x00ff"]),
            lines.ToHashSet());
        Assert.EndsWith("\n\n{\n}\n", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_as_JSON_has_the_bytes_in_base64_and_the_id_as_text()
    {
        var shown = (await ParkedAsync("show", "9007199254740993", "--json")).Json;

        Assert.Equal("9007199254740993", shown.GetProperty("message").GetProperty("id").GetString());
        Assert.Equal(("{\n}", "ewp9"), (shown.GetProperty("text").GetString(), shown.GetProperty("value").GetString()));
        Assert.Equal("_sender", shown.GetProperty("headers")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Unknown_message_is_a_failure_in_the_words_of_the_silo()
    {
        var answer = await ParkedAsync("show", "12");

        Assert.Equal((1, "", "tom: there is no parked message 12; tom parked lists them"), (answer.Code, answer.Out, answer.ErrorLine));
    }

    [Fact]
    public async Task Retry_that_leaves_nothing_parked_is_done()
    {
        var answer = await ParkedAsync("retry", "9007199254740993");

        Assert.Equal((0, "1 handled, 0 ignored, 0 still parked, 0 not tried\n", ""), (answer.Code, answer.Out, answer.Error));
        Assert.Equal([9007199254740993], Assert.Single(_silo.Tom.ParkedSelections).Ids);
    }

    [Fact]
    public async Task Message_that_stays_parked_makes_the_exit_code_1_and_its_reason_is_harmless()
    {
        var answer = await ParkedAsync("retry", "9007199254740993", "12");
        var forPrograms = await ParkedAsync("retry", "9007199254740993", "12", "--json");

        Assert.Equal((1, 1), (answer.Code, forPrograms.Code));
        Assert.StartsWith("1 handled, 0 ignored, 1 still parked, 0 not tried\n", answer.Out, StringComparison.Ordinal);
        Assert.Contains("12  still parked  still no \\u001B[5mtime", answer.Out, StringComparison.Ordinal);
        var still = forPrograms.Json.GetProperty("stillParked")[0];
        Assert.Equal(("12", 1), (still.GetProperty("id").GetString(), forPrograms.Json.GetProperty("handled").GetInt64()));
    }

    [Fact]
    public async Task All_are_retried_page_by_page_with_the_filter_that_was_typed()
    {
        var answer = await ParkedAsync("retry", "--all", "--topic", "hermes.test", "--handler", "hermes");

        Assert.Equal((0, "4 handled, 0 ignored, 0 still parked, 0 not tried\n"), (answer.Code, answer.Out));
        Assert.Equal([0L, 7L], _silo.Tom.ParkedSelections.Select(selection => selection.After));
        Assert.All(_silo.Tom.ParkedSelections, selection => Assert.Equal((true, "hermes.test", "hermes"), (selection.All, selection.Topic, selection.Handler)));
    }

    [Theory]
    [InlineData("y\n", 0, 2)]
    [InlineData("n\n", 1, 0)]
    [InlineData("", 1, 0)]
    public async Task Drop_asks_where_somebody_can_answer(string typed, int code, int calls)
    {
        _console.Typed = typed;

        var answer = await ParkedAsync("drop", "--all");

        Assert.Equal((code, calls), (answer.Code, _silo.Tom.ParkedSelections.Count));
        Assert.StartsWith("Drop 1 parked message for good? [y/N] ", answer.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? "4 dropped, 0 not dropped\n" : "", answer.Out);
    }

    [Fact]
    public async Task Drop_with_yes_asks_nobody_and_what_was_not_dropped_is_a_failure()
    {
        var answer = await ParkedAsync("drop", "9007199254740993", "12", "--yes");

        Assert.Equal((1, ""), (answer.Code, answer.Error));
        Assert.StartsWith("1 dropped, 1 not dropped\n", answer.Out, StringComparison.Ordinal);
        Assert.Contains("12  not dropped  it was dropped before", answer.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _console.Dispose();
}
