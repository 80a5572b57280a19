namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class OperationsTests : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();
    private readonly SampleSilo _silo;

    public OperationsTests(SampleSilo silo) => _silo = silo;

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) => _console.TomAsync([.. arguments, "--gateway", $"127.0.0.1:{_silo.GatewayPort}"]);

    [Fact]
    public async Task Doctor_has_the_worst_first_says_what_to_do_and_ends_with_1_where_something_does_not_work()
    {
        var answer = await TomAsync("doctor");

        Assert.Equal(1, answer.Code);
        Assert.DoesNotContain('\u001b', answer.Out);
        Assert.True(answer.Out.IndexOf("failed", StringComparison.Ordinal) < answer.Out.IndexOf("warning", StringComparison.Ordinal));
        Assert.Contains("stream hop: check the account", answer.Out, StringComparison.Ordinal);
        Assert.Contains("1 failure, 1 warning.", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_shows_what_changed_where_it_counts_and_no_secret()
    {
        var dry = await TomAsync("config", "reload", "--dry-run");
        Assert.Equal(0, dry.Code);
        Assert.Contains("Nothing was changed yet", dry.Out, StringComparison.Ordinal);

        var answer = await TomAsync("config", "reload");
        Assert.Equal(0, answer.Code);
        Assert.Contains("https://two.example/", answer.Out, StringComparison.Ordinal);
        Assert.Contains("(another one)", answer.Out, StringComparison.Ordinal);
        Assert.Contains("2 changes in force in one, two.", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_the_TLS_options_alone_is_wrong_usage()
    {
        var answer = await TomAsync("status", "--tls-ca", "ca.pem");

        Assert.Equal((2, ""), (answer.Code, answer.Out));
        Assert.Contains("--tls-certificate", answer.ErrorLine, StringComparison.Ordinal);
    }

    public void Dispose() => _console.Dispose();
}
