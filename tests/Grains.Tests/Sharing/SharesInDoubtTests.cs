using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>What was sent and got no certain answer: found, sent again once it is proved not to have arrived, or left to a person.</summary>
public sealed class SharesInDoubtTests : IAsyncDisposable
{
    private static readonly OwnMessage ForGcn = new("hermes.test", """
        {"title":"GRB 260701A: an optical counterpart","submitter":"S. Omebody","authors":"S. Omebody","message_text":"We saw it.","submit_to_gcn":true,"data":{}}
        """);

    private readonly SharingScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Hang_ends_at_the_time_limit_and_what_was_published_is_found()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { SendTimeout = TimeSpan.FromMilliseconds(500), Lease = TimeSpan.FromSeconds(30), LookUpPatience = TimeSpan.FromMinutes(1) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.Hang(published: true));

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("found"));
        var attempt = Assert.Single(Assert.Single((await cluster.Grains.Shares().GetDetailAsync(queued.Id)).Parts).Attempts);
        Assert.Equal(ShareState.Sending, attempt.Outcome);
        Assert.Contains("no answer within 0.5 s", attempt.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_arrive_is_sent_again_once_its_topic_was_read_past_it()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("delivered by the second try"));
        var detail = await cluster.Grains.Shares().GetDetailAsync(queued.Id);
        Assert.Equal([ShareState.Sending, ShareState.Delivered], Assert.Single(detail.Parts).Attempts.Select(attempt => attempt.Outcome!.Value));
        Assert.Equal(Assert.Single(_scene.Published.Messages).Id.ToString("D"), Assert.Single(detail.Share.Receipts));
        Assert.Equal(hermes.Requests.Submissions[0].Body, hermes.Requests.Submissions[1].Body);
        Assert.Equal(hermes.Requests.Submissions[0].Body, await cluster.Grains.Shares().GetBodyAsync(queued.Id, 0));
    }

    [Fact]
    public async Task What_arrived_late_is_found_on_its_topic_and_not_sent_again()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        _scene.Published.Close();
        hermes.Faults.Next(Fault.ServerError(), path: "query/", times: 1000);
        hermes.Faults.Next(Fault.DropConnection(published: true));
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        await _scene.Published.Entered;
        _scene.Published.Open();

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("delivered by what stands on the topic"));
        Assert.Single(hermes.Requests.Submissions);
        Assert.Equal(Assert.Single(_scene.Published.Messages).Id.ToString("D"), Assert.Single((await cluster.Grains.Shares().GetAsync(queued.Id)).Receipts));
    }

    [Fact]
    public async Task Unconfirmed_share_is_sent_again_on_the_word_of_a_person_alone()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.Zero });
        var sharing = cluster.Grains.Sharing("hermes");
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));
        var queued = await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("unconfirmed"));

        await sharing.RetryAsync(queued.Id, anyway: false);
        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("looked for once more, in vain"));
        Assert.Single(hermes.Requests.Submissions);
        await sharing.RetryAsync(queued.Id, anyway: true);

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("delivered"));
        Assert.Equal(2, hermes.Requests.Submissions.Count);
        Assert.Equal(TomFault.Conflict, (await Assert.ThrowsAsync<TomException>(() => sharing.RetryAsync(queued.Id, anyway: true))).Fault);
    }

    [Fact]
    public async Task Points_of_an_unconfirmed_share_go_into_no_other_one_until_somebody_says()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.Zero });
        var sharing = cluster.Grains.Sharing("hermes");
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));
        var queued = await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("unconfirmed"));

        var refusal = await Assert.ThrowsAsync<TomException>(() => sharing.ShareAsync(Request("AT2026abc")));
        Assert.Contains($"1 point: unconfirmed in share {queued.Id}, so they may be there (go on with: tom share retry {queued.Id})", refusal.Message, StringComparison.Ordinal);
        await cluster.AddPointsAsync(target, A.Limit);
        var preview = await sharing.PreviewAsync(Request("AT2026abc"));
        Assert.Equal(1, preview.Points);
        Assert.StartsWith($"1 point: unconfirmed in share {queued.Id}", Assert.Single(preview.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_under_another_name_than_our_account_s_proves_nothing()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.FromMinutes(1) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));
        var key = KeyOf(Assert.Single(hermes.Requests.Submissions));

        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), "somebody-else", A.Place));
        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), "stand-in-credential", A.Place));
    }

    [Fact]
    public async Task Message_that_comes_back_before_its_answer_delivers_the_share()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.Hang(published: true));
        var arrived = hermes.Requests.NextAsync(request => request.Method == "POST");
        _scene.Published.Close();
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        var key = KeyOf(await arrived);
        var message = await _scene.Published.Entered;
        _scene.Published.Open();

        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, message.Id, message.Sender, A.Place));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("confirmed"));

        Assert.True(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, message.Id, message.Sender, A.Place), "it may be read again");
        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(key, Guid.NewGuid(), message.Sender, A.Place), "a copy is not ours");
        Assert.False(await cluster.Get<OwnSubmissions>().RecogniseAsync(Guid.NewGuid(), message.Id, message.Sender, A.Place), "an unknown key is not ours");
        var share = await cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal((ShareState.Delivered, message.Id.ToString("D")), (share.State, Assert.Single(share.Receipts)));
    }

    [Fact]
    public async Task Submission_that_a_dead_silo_left_without_outcome_is_never_sent_again()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        var outbox = cluster.Get<OutboxTable>();
        var now = Clock.Microseconds(TimeProvider.System);
        var share = await outbox.QueueAsync(new NewShare("hermes", "hermes.test", target, "AT2026abc", "T", "{}", "test", now, [new(target, 1, 1)]));
        await outbox.ClaimNextAsync("hermes", "dead", now, now);
        await outbox.BuildAsync(share, "dead", now, [new NewSubmission(Guid.NewGuid(), 0, "{}"u8.ToArray(), [new(target, 1, 1)])]);
        var claim = await outbox.ClaimNextAsync("hermes", "dead", now, now);
        Assert.True(await outbox.MarkSentAsync(claim!.Submission!.Submission.Key, "dead", now));

        await cluster.Get<OutboxSweeper>().SweepAsync();

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("unconfirmed"));
        Assert.Equal(ShareState.Unconfirmed, (await cluster.Grains.Shares().GetAsync(share)).State);
        await cluster.Grains.Sharing("hermes").WakeAsync();
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("those behind it go on"));
        Assert.Single(hermes.Requests.Submissions);
    }

    [Fact]
    public async Task What_was_published_under_the_name_of_a_new_key_is_found_and_not_sent_again()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered under the first name"));
        await _scene.StopAsync(hermes);
        var renamed = await _scene.StartHermesAsync(hermes, "new-credential");
        await cluster.RestartAsync();
        renamed.Faults.Next(Fault.ServerError(), path: "query/", times: 1000);
        renamed.Faults.Next(Fault.DropConnection(published: true));

        await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("found under the second name"));
        Assert.Single(renamed.Requests.Submissions);
        Assert.Equal(["stand-in-credential", "new-credential"], _scene.Published.Messages.Select(message => message.Sender));
        Assert.Equal(["new-credential", "stand-in-credential"], (await cluster.Get<OutboxTable>().SendersAsync("hermes")).Order());
    }

    [Fact]
    public async Task Account_that_got_another_name_meanwhile_is_asked_for_it_before_anything_is_sent_again()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered under the first name"));
        await _scene.StopAsync(hermes);
        var renamed = await _scene.StartHermesAsync(hermes, "new-credential");
        renamed.Faults.Next(Fault.ServerError(), path: "query/", times: 1000);
        renamed.Faults.Next(Fault.DropConnection(published: true));

        await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("found under the second name"));
        Assert.Single(renamed.Requests.Submissions);
        Assert.Equal(2, _scene.Published.Messages.Count);
    }

    [Fact]
    public async Task What_was_published_under_a_name_that_was_never_told_is_not_sent_again()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch" });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered under the first name"));
        await cluster.RestartAsync();
        hermes.Faults.Next(Fault.ServerError(), path: "profile/");
        hermes.Faults.Next(Fault.ServerError(), path: "query/", times: 1000);
        hermes.Faults.Next(Fault.DropConnection(published: true));
        _scene.Published.Close();
        _scene.Rename(hermes, "second-credential");
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));
        await _scene.Published.Entered;
        _scene.Rename(hermes, "third-credential");
        _scene.Published.Open();

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("there under a name that is no name of ours any more"));
        Assert.Contains("published by second-credential", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        Assert.Equal(2, hermes.Requests.Submissions.Count);
        Assert.Equal(["stand-in-credential", "second-credential"], _scene.Published.Messages.Select(message => message.Sender));
        Assert.Equal(["stand-in-credential", "third-credential"], (await cluster.Get<OutboxTable>().SendersAsync("hermes")).Order());
    }

    [Fact]
    public async Task Destination_that_left_doubt_is_asked_before_the_next_share_is_sent_to_it()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.FromMinutes(1) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddTargetAsync("SN2026x", A.Point);
        hermes.Faults.Next(Fault.Unavailable(), times: 1000);
        await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));
        hermes.Faults.Clear();
        hermes.Faults.Next(Fault.Unavailable(), times: 2, path: "profile/");

        await cluster.Grains.Sharing("hermes").ShareAsync(Request("SN2026x"));

        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("the second, once the destination answers"));
        Assert.Equal(2, hermes.Requests.Submissions.Count);
    }

    [Fact]
    public async Task Share_is_not_left_to_a_person_while_the_archive_that_may_have_it_cannot_be_asked()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes) with { LookUpPatience = TimeSpan.Zero });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.Unavailable(), path: "query/", times: 1000);
        hermes.Faults.Next(Fault.Unavailable());

        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));

        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));
        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("looked for in vain"));
        Assert.Contains("archive cannot be asked", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        Assert.Single(hermes.Requests.Submissions);
    }

    [Theory]
    [InlineData("503")]
    [InlineData("500")]
    [InlineData("dropped")]
    public async Task Message_for_GCN_is_not_sent_again_by_machine_when_it_is_in_doubt(string fault)
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch" });
        var sharing = cluster.Grains.Sharing("hermes");
        hermes.Faults.Next(fault switch { "503" => Fault.Unavailable(), "500" => Fault.ServerError(), _ => Fault.DropConnection() });

        var queued = await sharing.ShareMessageAsync(ForGcn);

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("left to a person"));
        Assert.Contains("not repeated by machine", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        await sharing.RetryAsync(queued.Id, anyway: false);
        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("looked for once more, in vain"));
        Assert.Single(hermes.Requests.Submissions);
    }

    [Fact]
    public async Task Message_for_GCN_that_was_certainly_not_taken_is_sent_again_and_a_refused_one_on_the_word_of_a_person_alone()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        var sharing = cluster.Grains.Sharing("hermes");
        hermes.Faults.Next(Fault.TooManyRequests(TimeSpan.Zero));

        var queued = await sharing.ShareMessageAsync(ForGcn);

        Assert.Equal(ShareState.Queued, await cluster.Outcomes.NextAsync("asked for fewer requests"));
        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("refused, perhaps after GCN has it"));
        Assert.Equal(2, hermes.Requests.Submissions.Count);
        var refusal = await Assert.ThrowsAsync<TomException>(() => sharing.RetryAsync(queued.Id, anyway: false));
        Assert.Equal(TomFault.Conflict, refusal.Fault);
        Assert.Contains($"tom share retry {queued.Id} --anyway", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, hermes.Requests.Submissions.Count);

        await sharing.RetryAsync(queued.Id, anyway: true);

        Assert.Equal(ShareState.Rejected, await cluster.Outcomes.NextAsync("sent again"));
        Assert.Equal(3, hermes.Requests.Submissions.Count);
    }

    [Fact]
    public async Task Copy_with_our_key_under_a_foreign_name_confirms_nothing_and_leaves_it_to_a_person()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(new PublishedTopics(_scene.Published), Options(hermes) with { ConfirmStream = "hopskotch", LookUpPatience = TimeSpan.FromSeconds(4) });
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.DropConnection(published: false));
        var queued = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Sending, await cluster.Outcomes.NextAsync("in doubt"));

        await SharingScene.PublishAsForgerAsync(hermes, hermes.Requests.Submissions[0].Body);

        Assert.Equal(ShareState.Unconfirmed, await cluster.Outcomes.NextEndAsync("nobody but ours can have told the key"));
        Assert.Contains($"published by {SharingScene.ForgerName}", (await cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
        Assert.Equal([SharingScene.ForgerName], _scene.Published.Messages.Select(message => message.Sender));
        await cluster.Grains.Sharing("hermes").RetryAsync(queued.Id, anyway: true);
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextEndAsync("sent on a person's word"));
        Assert.Equal(_scene.Published.Messages[1].Id.ToString("D"), Assert.Single((await cluster.Grains.Shares().GetAsync(queued.Id)).Receipts));
    }
}
