using System.Text.Json;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;

using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

public sealed class SqliteSharingGrainTests() : SharingGrainTests(null);

public sealed class PostgreSqlSharingGrainTests(PostgreSqlServer server) : SharingGrainTests(server);

/// <summary>What becomes of a share, against the stand-in Hermes over HTTP.</summary>
public abstract class SharingGrainTests(PostgreSqlServer? server) : IAsyncLifetime
{
    private readonly GatePublisher _published = new();
    private StandInHermes _hermes = null!;
    private SharingCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _hermes = await StandInHermes.StartAsync(new() { Publisher = _published });
        _cluster = await SharingCluster.StartAsync(server, null, Options(_hermes) with { UserTopics = ["hermes.test", "hermes.photometry"] });
    }

    public async ValueTask DisposeAsync()
    {
        _published.Open();
        await _hermes.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Share_is_delivered_with_the_uuid_that_Hermes_gave()
    {
        await _cluster.AddTargetAsync("AT2026abc", A.Point, A.Limit);

        var queued = await ShareAsync("at 2026abc");
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("delivered"));

        var message = Assert.Single(_published.Messages);
        var share = await _cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal(ShareState.Queued, queued.State);
        Assert.Equal(ShareState.Delivered, share.State);
        Assert.Equal(message.Id.ToString("D"), Assert.Single(share.Receipts));
        Assert.Equal((2, 1, 1, 1), (share.Points, share.Parts, share.PartsDelivered, share.Attempts));
        Assert.Null(share.LastError);
        var published = JsonDocument.Parse(message.Value).RootElement;
        Assert.Equal("Updated data for AT2026abc from A TOM.", published.GetProperty("title").GetString());
        Assert.Equal("A TOM", published.GetProperty("submitter").GetString());
        Assert.Equal("The Observers", published.GetProperty("authors").GetString());
        Assert.Equal(2, published.GetProperty("data").GetProperty("photometry").GetArrayLength());
        Assert.Equal(2, published.GetProperty("data").GetProperty("extra_data").GetProperty("tom_orleans").GetProperty("points").GetArrayLength());
    }

    [Fact]
    public async Task Preview_shows_what_would_be_sent_and_sends_nothing()
    {
        await _cluster.AddTargetAsync("AT2026abc", A.Point, A.Point with { Bandpass = "r", BrightnessUnit = BrightnessUnit.Magnitude });

        var preview = await _cluster.Grains.Sharing("hermes").PreviewAsync(Request("AT2026abc"));
        Assert.Equal(0, _hermes.Requests.Count);
        await ShareAsync("AT2026abc");
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("delivered"));

        var sent = Assert.Single(_hermes.Requests.Submissions).Body;
        var key = KeyOf(_hermes.Requests.Submissions[0]).ToString("D");
        Assert.Equal(sent.Replace(key, Guid.Empty.ToString("D"), StringComparison.Ordinal), Assert.Single(preview.Bodies));
        Assert.Equal(1, preview.Points);
        Assert.Equal(["1 point: a magnitude of unknown system, which Hermes would take for AB"], preview.LeftOut);
    }

    [Fact]
    public async Task Field_errors_reject_the_share_with_the_words_of_Hermes()
    {
        await using var hermes = await StandInHermes.StartAsync(new() { Publisher = _published, TestTopicsOnly = true });
        await using var cluster = await SharingCluster.StartAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc") with { Topic = "hermes.photometry" });
        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("rejected"));

        var share = await cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal(ShareState.Rejected, share.State);
        Assert.Equal("topic: Hermes Dev can only submit to a test topic.", share.LastError);
        Assert.Null(share.NextTryMicroseconds);
    }

    [Fact]
    public async Task Account_without_credential_is_rejected_with_a_hint_for_the_operator()
    {
        await using var hermes = await StandInHermes.StartAsync(new() { Publisher = _published, Accounts = [new() { Token = "t0", CredentialName = null }] });
        await using var cluster = await SharingCluster.StartAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("rejected"));

        Assert.Contains("operator", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        Assert.Empty(_published.Messages);
    }

    [Fact]
    public async Task Wrong_token_is_rejected_with_a_hint_for_the_operator()
    {
        await using var cluster = await SharingCluster.StartAsync(Options(_hermes) with { ApiKey = "ffffffffffffffffffffffffffffffffffffffff" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("rejected"));

        Assert.Contains("HERMES_API_KEY", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topic_that_the_account_may_not_write_to_is_rejected_with_those_it_may()
    {
        await using var hermes = await StandInHermes.StartAsync(new() { Publisher = _published, Accounts = [new() { Token = "t0", WritableTopics = ["tomtoolkit.test"] }] });
        await using var cluster = await SharingCluster.StartAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("rejected"));

        var words = (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError;
        Assert.Contains("TOPIC_AUTHORIZATION_FAILED", words, StringComparison.Ordinal);
        Assert.EndsWith("may write to: tomtoolkit.test", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_error_after_publishing_ends_as_delivered_by_what_the_archive_has()
    {
        _hermes.Faults.Next(Fault.ServerError(published: true));
        await _cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await ShareAsync("AT2026abc");
        Assert.Equal(ShareState.Sending, await _cluster.Outcomes.NextAsync("in doubt"));
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextEndAsync("found in the archive"));

        var share = await _cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal(Assert.Single(_published.Messages).Id.ToString("D"), Assert.Single(share.Receipts));
        Assert.Single(_hermes.Requests.Submissions);
    }

    [Fact]
    public async Task Server_error_leaves_the_share_unconfirmed_where_nobody_reads_its_topic_until_its_message_is_seen()
    {
        _hermes.Faults.Next(Fault.ServerError(published: false));
        await _cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await ShareAsync("AT2026abc");
        Assert.Equal(ShareState.Unconfirmed, await _cluster.Outcomes.NextEndAsync("unconfirmed"));

        var share = await _cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal(ShareState.Unconfirmed, share.State);
        Assert.Contains("hermes.test is not read here", share.LastError, StringComparison.Ordinal);
        Assert.Null(share.NextTryMicroseconds);
        await _cluster.Grains.Sharing("hermes").WakeAsync();

        var seen = Guid.NewGuid();
        await _cluster.Grains.Sharing("hermes").ConfirmAsync(KeyOf(Assert.Single(_hermes.Requests.Submissions)), seen);

        share = await _cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal(ShareState.Delivered, share.State);
        Assert.Equal(seen.ToString("D"), Assert.Single(share.Receipts));
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("confirmed"));

        // Sent once: the next thing that goes out is another share.
        await _cluster.AddTargetAsync("SN2026x", A.Point);
        await ShareAsync("SN2026x");
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("the next share"));
        Assert.Equal(2, _hermes.Requests.Submissions.Count);
    }

    [Fact]
    public async Task Two_hundred_without_a_uuid_is_no_receipt()
    {
        _hermes.Faults.Next(Fault.WithoutUuid());
        await _cluster.AddTargetAsync("AT2026abc", A.Point);

        var queued = await ShareAsync("AT2026abc");

        Assert.Equal(ShareState.Unconfirmed, await _cluster.Outcomes.NextEndAsync("unconfirmed"));
        Assert.Empty((await _cluster.Grains.Shares().GetAsync(queued.Id)).Receipts);
    }

    [Fact]
    public async Task Confirmation_of_an_unknown_key_changes_nothing()
    {
        await _cluster.Grains.Sharing("hermes").ConfirmAsync(Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal(0, (await _cluster.Grains.Shares().ListAsync(new())).Total);
    }

    [Fact]
    public async Task Too_many_requests_waits_as_long_as_Hermes_asked()
    {
        _hermes.Faults.Next(Fault.TooManyRequests(TimeSpan.FromSeconds(1)));
        await _cluster.AddTargetAsync("AT2026abc", A.Point);
        var started = TimeProvider.System.GetTimestamp();

        var queued = await ShareAsync("AT2026abc");
        Assert.Equal(ShareState.Queued, await _cluster.Outcomes.NextAsync("queued again"));
        Assert.NotNull((await _cluster.Grains.Shares().GetAsync(queued.Id)).NextTryMicroseconds);
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("delivered"));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        Assert.Equal(2, (await _cluster.Grains.Shares().GetAsync(queued.Id)).Attempts);
    }

    [Fact]
    public async Task Caller_is_kept_with_the_share()
    {
        await _cluster.AddTargetAsync("AT2026abc", A.Point);
        RequestContext.Set("tom.caller", "alice");
        try
        {
            Assert.Equal("alice", (await ShareAsync("AT2026abc")).CreatedBy);
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    [Fact]
    public async Task Points_delivered_before_are_not_sent_again()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc", A.Point);
        await ShareAsync("AT2026abc");
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("delivered"));

        var refusal = await Assert.ThrowsAsync<TomException>(() => ShareAsync("AT2026abc"));
        Assert.Equal(TomFault.Invalid, refusal.Fault);
        Assert.Contains("1 point: delivered there before", refusal.Message, StringComparison.Ordinal);

        await _cluster.AddPointsAsync(target, A.Limit);
        Assert.Equal(1, (await ShareAsync("AT2026abc")).Points);
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("delivered"));
        Assert.Equal(2, (await _cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc") with { Topic = "hermes.photometry" })).Points);
    }

    [Fact]
    public async Task Points_that_came_from_the_topic_do_not_go_back_to_it()
    {
        var echo = A.Point with { Bandpass = "r", Provenance = new(new("hopskotch", "hermes.test", 0, 12), Guid.NewGuid(), "somebody", A.Time) };
        await _cluster.AddTargetAsync("AT2026abc", A.Point, echo);

        Assert.Equal(1, (await ShareAsync("AT2026abc")).Points);
    }

    [Fact]
    public async Task Only_points_since_the_given_time_are_taken()
    {
        await _cluster.AddTargetAsync("AT2026abc", A.Point, A.Point with { Time = new(A.Time + 5_000_000) });

        Assert.Equal(1, (await _cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc") with { SinceMicroseconds = A.Time + 1 })).Points);
    }

    [Fact]
    public async Task Wrong_requests_are_refused_with_the_reason()
    {
        await _cluster.AddTargetAsync("AT2026abc");
        await _cluster.AddTargetAsync("SN2026x", A.Point);
        var hermes = _cluster.Grains.Sharing("hermes");

        await RefusedAsync(TomFault.NotFound, "hermes", _cluster.Grains.Sharing("herms").ShareAsync(Request("AT2026abc")));
        await RefusedAsync(TomFault.NotFound, "unknown", hermes.ShareAsync(Request("unknown")));
        await RefusedAsync(TomFault.Invalid, "no photometry", hermes.ShareAsync(Request("AT2026abc")));
        await RefusedAsync(TomFault.Invalid, "hermes:hermes.test", hermes.ShareAsync(Request("SN2026x") with { Topic = null }));
        await RefusedAsync(TomFault.Invalid, "USER_TOPICS", hermes.ShareAsync(Request("SN2026x") with { Topic = "gcn.circulars" }));
        await RefusedAsync(TomFault.Invalid, "title", hermes.ShareAsync(Request("SN2026x") with { Title = " " }));
        await RefusedAsync(TomFault.NotFound, "no share 4711", _cluster.Grains.Shares().GetAsync(4711));
        Assert.Equal(0, (await _cluster.Grains.Shares().ListAsync(new())).Total);
    }

    [Fact]
    public async Task Long_light_curve_goes_out_in_parts_that_Kafka_takes()
    {
        await _cluster.AddTargetAsync("AT2026abc", [.. Enumerable.Range(0, 4000).Select(i => A.Point with { Time = new(A.Time + (i * 1_000_000L)), Brightness = 18 + (i / 1000.0) })]);

        var queued = await ShareAsync("AT2026abc");
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("first part"));
        Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("second part"));

        var share = await _cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal((ShareState.Delivered, 4000, 2, 2), (share.State, share.Points, share.Parts, share.PartsDelivered));
        Assert.Equal(_published.Messages.Select(message => message.Id.ToString("D")), share.Receipts);
        Assert.InRange(_published.Messages[0].Value.Length, 880_000, 900_000);
    }

    private Task<Share> ShareAsync(string target) => _cluster.Grains.Sharing("hermes").ShareAsync(Request(target));

    private static async Task RefusedAsync(TomFault fault, string words, Task call)
    {
        var refusal = await Assert.ThrowsAsync<TomException>(() => call);
        Assert.Equal(fault, refusal.Fault);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
