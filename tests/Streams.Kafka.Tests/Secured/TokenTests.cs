using TomOrleans.Testing.Front;

namespace TomOrleans.Streams.Kafka.Tests.Secured;

public sealed class TokenTests : SecuredKafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_are_read_with_a_token(bool https)
    {
        Kafka.CreateTopic("alerts", 1);
        var tokens = await ServeAsync(https);
        var front = Open(tokens);
        await PublishAsync("alerts", 0, 100);
        var (sink, log) = await StartLoggedAsync(Oidc(front, tokens));
        await sink.UntilAsync(() => sink.Count == 100, "all are delivered");
        AssertWhole(sink, First, 100);
        Assert.Equal(("connected", 1L), (sink.Last.State, tokens.Issued));
        AssertNoSecret(sink, log);
    }

    [Fact]
    public async Task A_wrong_client_secret_is_refused_with_the_token_servers_words()
    {
        var tokens = await ServeAsync();
        var front = Open(tokens);
        var (sink, log) = await StartLoggedAsync(Oidc(front, tokens, "sesame-wrong"));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        Assert.Equal("refused: no token: {\"error\":\"invalid_client\"}", sink.Last.State);
        Assert.Single(log.Lines);
        Assert.Equal(0, front.Accepted);
        AssertNoSecret(sink, log);
    }

    [Fact]
    public async Task A_token_server_of_an_authority_that_is_not_known_is_refused()
    {
        using var other = new TestAuthority("Another CA");
        var tokens = AtEnd(await TokenServer.StartAsync(AtEnd(other.ServerCertificate())));
        var (sink, log) = await StartLoggedAsync(Oidc(Open(tokens), tokens));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        Assert.StartsWith("refused: no token: SSL certificate", sink.Last.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_server_that_is_away_at_the_start_is_waited_for()
    {
        Kafka.CreateTopic("alerts", 1);
        var tokens = await ServeAsync();
        await tokens.DownAsync();
        var front = Open(tokens);
        await PublishAsync("alerts", 0, 10);
        var (sink, log) = await StartLoggedAsync(Oidc(front, tokens));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the wait is logged");
        Assert.Matches("^waiting: no token: .*Could not connect to server$", sink.Last.State);

        await tokens.UpAsync();
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered");
        AssertWhole(sink, First, 10);
        AssertNoSecret(sink, log);
    }

    [Fact]
    public async Task A_token_server_that_stumbles_is_waited_for()
    {
        var tokens = await ServeAsync();
        tokens.IsStumbling = true;
        var (sink, log) = await StartLoggedAsync(Oidc(Open(tokens), tokens));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the wait is logged");
        TestContext.Current.SendDiagnosticMessage(sink.Last.State);
        Assert.EndsWith($"(no broker answers, or {new Uri(tokens.Url).Authority} gives no token)", sink.Last.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_the_broker_does_not_take_is_refused()
    {
        var tokens = await ServeAsync();
        var front = Open();
        var (sink, log) = await StartLoggedAsync(Oidc(front, tokens));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        TestContext.Current.SendDiagnosticMessage(sink.Last.State);
        Assert.StartsWith("refused: SASL authentication error: ", sink.Last.State, StringComparison.Ordinal);
        AssertNoSecret(sink, log);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Tokens_of_20_seconds_are_renewed_while_messages_flow()
    {
        Kafka.CreateTopic("alerts", 1);
        var tokens = await ServeAsync(lifetime: TimeSpan.FromSeconds(20));
        var front = Open(tokens);
        var (sink, log) = await StartLoggedAsync(Oidc(front, tokens));
        await sink.UntilAsync(() => sink.Last.State == "connected", "it is connected");
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var sent = 0;
        while (tokens.Issued < 5)
        {
            await PublishAsync("alerts", 0, 10, from: sent);
            sent += 10;
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await sink.UntilAsync(() => sink.Count == sent, "all are delivered");
        AssertWhole(sink, First, sent);
        TestContext.Current.SendDiagnosticMessage($"{sent} messages, {tokens.Issued} tokens, {front.Accepted} connections, {front.LoggedIn} logins, {front.Expired} run out");
        Assert.Equal(0, front.Expired);
        Assert.Equal(["connected"], sink.States.Where(state => state != "connecting"));
        Assert.DoesNotContain(log.Lines, line => line.Level > Microsoft.Extensions.Logging.LogLevel.Information);
        AssertNoSecret(sink, log);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_token_server_that_goes_away_for_longer_than_a_token_lasts_is_shown_and_waited_for()
    {
        Kafka.CreateTopic("alerts", 1);
        var tokens = await ServeAsync(lifetime: TimeSpan.FromSeconds(20));
        var front = Open(tokens);
        await PublishAsync("alerts", 0, 10);
        var (sink, log) = await StartLoggedAsync(Oidc(front, tokens));
        await sink.UntilAsync(() => sink.Count == 10, "the first ten are delivered");
        await tokens.DownAsync();
        var end = TimeProvider.System.GetTimestamp();
        await sink.UntilAsync(() => sink.Last.State.StartsWith("waiting: ", StringComparison.Ordinal), "the wait is shown", TimeSpan.FromSeconds(100));
        TestContext.Current.SendDiagnosticMessage($"{TimeProvider.System.GetElapsedTime(end)} {sink.Last.State} {string.Join('\n', log.Lines)}");
        Assert.Contains("no token: ", sink.Last.State, StringComparison.Ordinal);
        await tokens.UpAsync();
        end = TimeProvider.System.GetTimestamp();
        await PublishAsync("alerts", 0, 10, from: 10);
        await sink.UntilAsync(() => sink.Count == 20, "the next ten are delivered", TimeSpan.FromSeconds(100));
        TestContext.Current.SendDiagnosticMessage($"{TimeProvider.System.GetElapsedTime(end)} {sink.Last.State} {string.Join('\n', log.Lines)}");
        AssertWhole(sink, First, 20);
        AssertNoSecret(sink, log);
    }

    private async Task<TokenServer> ServeAsync(bool https = true, TimeSpan? lifetime = null) =>
        AtEnd(await TokenServer.StartAsync(https ? AtEnd(Authority.ServerCertificate()) : null, lifetime));
}
