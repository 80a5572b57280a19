using TomOrleans.Testing.Front;

namespace TomOrleans.Streams.Kafka.Tests.Secured;

public sealed class LoginTests : SecuredKafkaTest
{
    private static readonly PartitionRef First = new("alerts", 0);

    [Theory]
    [InlineData("SCRAM-SHA-512")]
    [InlineData("PLAIN")]
    public async Task Messages_are_read_over_TLS_after_a_login(string mechanism)
    {
        Kafka.CreateTopic("alerts", 1);
        var front = Open();
        await PublishAsync("alerts", 0, 100);
        var (sink, log) = await StartLoggedAsync(Scram(front, mechanism: mechanism));
        await sink.UntilAsync(() => sink.Count == 100, "all are delivered");
        AssertWhole(sink, First, 100);
        Assert.Equal("connected", sink.Last.State);
        Assert.True(front.LoggedIn > 0);
        AssertNoSecret(sink, log);
    }

    [Theory]
    [InlineData("SCRAM-SHA-512")]
    [InlineData("PLAIN")]
    public async Task A_wrong_password_is_refused_in_one_line_and_the_right_one_taken_when_it_is_mended(string mechanism)
    {
        Kafka.CreateTopic("alerts", 1);
        PasswordAtBroker = "sesame-other";
        var front = Open();
        await PublishAsync("alerts", 0, 10);
        var (sink, log) = await StartLoggedAsync(Scram(front, mechanism: mechanism));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        const string reason = "SASL authentication error: Authentication failed during authentication due to invalid credentials";
        Assert.Matches($"^test: {reason}; trying again in [56] s$", Assert.Single(log.Lines).Text);
        Assert.Equal($"refused: {reason}", sink.Last.State);

        PasswordAtBroker = Password;
        await sink.UntilAsync(() => sink.Count == 10, "all are delivered after the next try");
        AssertWhole(sink, First, 10);
        AssertNoSecret(sink, log);
    }

    [Fact]
    public async Task A_password_that_is_changed_while_messages_flow_ends_in_a_refusal_at_the_next_connection()
    {
        Kafka.CreateTopic("alerts", 1);
        var front = Open();
        await PublishAsync("alerts", 0, 10);
        var (sink, log) = await StartLoggedAsync(Scram(front));
        await sink.UntilAsync(() => sink.Count == 10, "the first ten are delivered");
        PasswordAtBroker = "sesame-other";
        front.Disconnect();
        await sink.UntilAsync(() => sink.Last.State.StartsWith("refused: SASL", StringComparison.Ordinal), "the refusal is shown");
        PasswordAtBroker = Password;
        await PublishAsync("alerts", 0, 10, from: 10);
        await sink.UntilAsync(() => sink.Count == 20, "the next ten are delivered");
        AssertWhole(sink, First, 20);
        AssertNoSecret(sink, log);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_is_not_known_is_refused_with_its_name()
    {
        using var other = new TestAuthority("Another CA");
        var front = Open();
        var settings = Scram(front);
        var (sink, log) = await StartLoggedAsync(settings with { Client = new Dictionary<string, string>(settings.Client) { ["ssl.ca.location"] = other.PemFile } });
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        Assert.Equal(
            $"refused: the certificate of {front.BootstrapServers} is signed by CN=Test CA, which is not among the authorities in {other.PemFile} (ssl.ca.location)", sink.Last.State);
        Assert.Single(log.Lines);
        Assert.Equal(0, front.LoggedIn + front.Refused);
    }

    [Fact]
    public async Task A_certificate_that_ended_is_refused_with_its_date()
    {
        var front = Open(Authority.ServerCertificate(expired: true));
        var (sink, log) = await StartLoggedAsync(Scram(front));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        Assert.Matches($@"^refused: the certificate of {front.BootstrapServers} ended on \d{{4}}-\d\d-\d\d \d\d:\d\d UTC$", sink.Last.State);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_with_the_name_it_is_for()
    {
        var front = Open(Authority.ServerCertificate(host: "kafka.example"));
        var (sink, log) = await StartLoggedAsync(Scram(front));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        Assert.Equal($"refused: the certificate of {front.BootstrapServers} is for kafka.example, not for this host", sink.Last.State);
    }

    [Fact]
    public async Task A_mechanism_the_broker_does_not_know_is_refused()
    {
        var (sink, log) = await StartLoggedAsync(Scram(Open(), mechanism: "SCRAM-SHA-256"));
        await sink.UntilAsync(() => log.Lines.Count > 0, "the refusal is logged");
        Assert.StartsWith("refused: SASL SCRAM-SHA-256 mechanism handshake failed: Broker: Unsupported SASL mechanism", sink.Last.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_stream_is_undisturbed_by_one_that_is_refused()
    {
        Kafka.CreateTopic("alerts", 1);
        var front = Open();
        var refused = new RecordingSink();
        await StartAsync(Scram(front, "sesame-wrong"), refused);
        await refused.UntilAsync(() => refused.Last.State.StartsWith("refused: ", StringComparison.Ordinal), "one is refused");
        var sink = new RecordingSink();
        await StartAsync(Scram(front), sink);
        await PublishAsync("alerts", 0, 10);
        await sink.UntilAsync(() => sink.Count == 10, "the other one reads");
        Assert.StartsWith("refused: ", refused.Last.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_catches_up_is_refused_with_the_reason_and_does_not_knock_again_at_once()
    {
        Kafka.CreateTopic("alerts", 1);
        var front = Open();
        var log = new KafkaLog();
        await using var reader = new CatchUpReader(Scram(front, "sesame-wrong"), log, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<StreamUnavailableException>(() => reader.ReadAsync(First, 0, TestContext.Current.CancellationToken));
        Assert.Contains("SASL authentication error", refusal.Message, StringComparison.Ordinal);
        var knocked = front.Accepted;
        for (var i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<StreamUnavailableException>(() => reader.ReadAsync(First, 0, TestContext.Current.CancellationToken));
        }

        Assert.InRange(front.Accepted, knocked, knocked + 3);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("sesame", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("certificate")]
    [Trait("Category", "Long")]
    public async Task Who_is_refused_knocks_a_few_times_a_minute_only(string what)
    {
        var front = Open(Authority.ServerCertificate(expired: what == "certificate"));
        var sink = new RecordingSink();
        await StartAsync(Scram(front, what == "password" ? "sesame-wrong" : Password), sink);
        await sink.UntilAsync(() => sink.Last.State.StartsWith("refused: ", StringComparison.Ordinal), "the refusal is shown");

        // What is counted is connections in a given time.
        await Task.Delay(TimeSpan.FromSeconds(45), TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"{front.Accepted} connections, {front.Refused} logins refused");
        Assert.InRange(front.Accepted, 2, 30);
    }
}
