namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class TokenTests : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    private readonly SampleSilo _silo;

    public TokenTests(SampleSilo silo)
    {
        _silo = silo;
        _silo.Tom.Tokens.Clear();
        _silo.Tom.RequiredToken = "right";
    }

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) =>
        _console.TomAsync([.. arguments, "--gateway", $"127.0.0.1:{_silo.GatewayPort}"]);

    [Fact]
    public async Task Token_goes_with_every_call()
    {
        var answer = await TomAsync("photometry", "SIM-001", "--token", "right");

        Assert.Equal(0, answer.Code);
        Assert.Equal(["right", "right"], _silo.Tom.Tokens);
    }

    [Fact]
    public async Task The_silos_own_admin_token_is_found_by_its_pointer()
    {
        var pointers = Directory.CreateDirectory(Path.Combine(_console.StateFolder, "tomorleans")).FullName;
        var tokenFile = Path.Combine(_console.StateFolder, "token");
        await File.WriteAllTextAsync(tokenFile, "right\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(pointers, $"gateway-{_silo.GatewayPort}"), tokenFile, TestContext.Current.CancellationToken);

        Assert.Equal(0, (await TomAsync("status")).Code);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_in_the_words_of_the_silo()
    {
        var answer = await TomAsync("status", "--token", "wrong-secret");

        Assert.Equal((1, "", "tom: this token is not known here"), (answer.Code, answer.Out, answer.ErrorLine));
    }

    [Fact]
    public async Task Without_any_token_the_refusal_says_how_to_give_one()
    {
        var answer = await TomAsync("status");

        Assert.Equal(1, answer.Code);
        Assert.Equal("tom: this token is not known here (no token was found: give --token, or set TOM_TOKEN)", answer.ErrorLine);
    }

    [Fact]
    public async Task A_silo_of_another_cluster_is_told_apart_from_none()
    {
        _console.Variables["TOM_CLUSTER_ID"] = "another";
        _console.ConnectTimeout = TimeSpan.FromSeconds(2);

        var answer = await TomAsync("status", "--token", "right");

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("does not answer as a silo of cluster 'another'", answer.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_silo.Tom.Tokens);
    }

    public void Dispose() => _console.Dispose();
}
