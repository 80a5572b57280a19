using System.Text;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>What a person does with parked messages, through the grain, on a real database.</summary>
public sealed class ParkedGrainTests : IAsyncLifetime
{
    private const string Plain = """{"title": "nothing in particular"}""";
    private ParkedCluster _tom = null!;

    public async ValueTask InitializeAsync() => _tom = await ParkedCluster.StartAsync();

    public ValueTask DisposeAsync() => _tom.DisposeAsync();

    [Fact]
    public async Task Message_is_handled_once_its_handler_is_mended_and_the_books_move()
    {
        await _tom.ReadAsync(Plain, Plain, Plain);
        Assert.Equal((3, 0, 0, 3, 0), await _tom.BooksAsync("moody"));
        var ids = await _tom.IdsAsync("moody");

        _tom.Mood.Expect(alert => Task.FromResult(alert.Location.Offset == 1 ? Verdict.Ignored("not for us") : Verdict.Handled));
        var result = await _tom.Parked.RetryAsync(new() { Ids = [ids[2], ids[0], ids[1]] });

        Assert.Equal((2, 1, 0, 0, null), (result.Handled, result.Ignored, result.StillParked.Length, result.NotTried.Length, result.Next));
        Assert.Equal([0L, 1L, 2L], _tom.Mood.Asked);
        Assert.Equal((3, 2, 1, 0, 0), await _tom.BooksAsync("moody"));
        Assert.Empty(await _tom.IdsAsync("moody"));
        var history = await _tom.Parked.GetAsync(ids[0]);
        Assert.Equal(("handled", 0, null), (history.Message.State, history.Value.Length, history.Text));
        Assert.Contains("not today", history.Message.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_that_fails_again_stays_parked_with_its_new_reason()
    {
        await _tom.ReadAsync(Plain);
        var id = Assert.Single(await _tom.IdsAsync("moody"));

        _tom.Mood.Expect(_ => throw new InvalidOperationException("not tomorrow either"));
        var result = await _tom.Parked.RetryAsync(new() { All = true, Handler = "moody", Topic = "hop/hermes.test" });

        var still = Assert.Single(result.StillParked);
        Assert.Equal((id, "handler moody failed: not tomorrow either"), (still.Id, still.Reason));
        var parked = (await _tom.Parked.GetAsync(id)).Message;
        Assert.Equal(("retrying", still.Reason, 2), (parked.State, parked.Reason, parked.Attempts));
        Assert.Equal((1, 0, 0, 1, 0), await _tom.BooksAsync("moody"));
    }

    [Fact]
    public async Task Message_whose_handler_failed_is_tried_again_by_itself_when_it_is_due()
    {
        await _tom.ReadAsync(Plain, Plain);
        var parked = (await _tom.Parked.ListAsync(new() { Handler = "moody" })).Messages;
        Assert.All(parked, message => Assert.Equal(("retrying", 10), (message.State, (message.NextTryMicroseconds - message.ParkedMicroseconds) / 1_000_000)));

        _tom.Mood.Expect(_ => Task.FromResult(Verdict.Handled));
        Assert.Equal(0, await _tom.SweepAsync(TimeSpan.FromSeconds(-5)));
        Assert.Equal(2, await _tom.SweepAsync(TimeSpan.FromSeconds(15)));

        Assert.Equal([0L, 1L], _tom.Mood.Asked);
        Assert.Equal((2, 2, 0, 0, 0), await _tom.BooksAsync("moody"));
        Assert.NotNull((await _tom.Parked.GetAsync(parked[0].Id)).Message.EndedMicroseconds);
    }

    [Fact]
    public async Task Message_that_its_handler_judged_bad_waits_for_a_person()
    {
        _tom.Mood.Expect(_ => Task.FromResult(Verdict.Parked("nonsense")));
        await _tom.ReadAsync(Plain);

        var parked = Assert.Single((await _tom.Parked.ListAsync(new() { Handler = "moody" })).Messages);

        Assert.Equal(("parked", null), (parked.State, parked.NextTryMicroseconds));
        Assert.Equal(0, await _tom.SweepAsync(TimeSpan.FromDays(2)));
    }

    [Fact]
    public async Task What_is_due_for_a_handler_that_is_gone_is_put_off_and_holds_up_nothing()
    {
        await _tom.ReadAsync(Plain);
        await _tom.RestartAsync("hermes");

        Assert.Equal(0, await _tom.SweepAsync(TimeSpan.FromSeconds(15)));
        Assert.Equal(0, await _tom.SweepAsync(TimeSpan.FromSeconds(20)));

        var parked = Assert.Single((await _tom.Parked.ListAsync(new() { Handler = "moody" })).Messages);
        Assert.True(parked.NextTryMicroseconds - parked.ParkedMicroseconds > 60_000_000, "it is due at once again");
        Assert.Equal((1, 0, 0, 1, 0), await _tom.BooksAsync("moody"));
    }

    [Fact]
    public async Task A_flood_of_bad_messages_ends_at_a_bound_and_stops_no_other_handler()
    {
        const int Bound = 10_000;
        _tom.Mood.Expect(_ => Task.FromResult(Verdict.Parked("nonsense")));
        var worker = _tom.Worker;
        await worker.ClaimAsync(new() { LowOffset = 0, HighOffset = 0, StartOffset = 0 });
        await worker.DeliverAsync(ParkedCluster.Batch(0, Bound, Plain));

        Assert.Equal(Bound, await worker.DeliverAsync(ParkedCluster.Batch(Bound, Bound + 100, Plain)));
        Assert.Equal((Bound + 100, 0, Bound + 100, 0, 0), await _tom.BooksAsync("hermes"));
        Assert.Equal((Bound, 0, 0, Bound, 0), await _tom.BooksAsync("moody"));
        var full = await Assert.ThrowsAsync<TomException>(_tom.RequireRoomAsync);
        Assert.Equal(TomFault.Unavailable, full.Fault);
        Assert.StartsWith("10,000 parked messages", full.Message, StringComparison.Ordinal);
        Assert.Contains("tom parked --topic hop/hermes.test", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_with_a_row_that_cannot_be_read_stays_parked_and_says_so()
    {
        var bad = MessageBuilder.Row(("date_obs", "\"01/07/2026\""));
        await _tom.ReadAsync($$$"""{"title": "A", "topic": "hermes.test", "message_text": "", "submitter": "p", "authors": "", "data": {"photometry": [{{{bad}}}]}}""");
        var id = Assert.Single(await _tom.IdsAsync("hermes"));

        var result = await _tom.Parked.RetryAsync(new() { Ids = [id] });

        Assert.Equal(0, result.Handled + result.Ignored);
        Assert.Contains("1 of 1 rows could not be read: data.photometry[0]", Assert.Single(result.StillParked).Reason, StringComparison.Ordinal);
        var detail = await _tom.Parked.GetAsync(id);
        Assert.Equal(2, detail.Message.Attempts);
        Assert.Single(detail.Message.Faults);
        Assert.Equal((1, 0, 0, 1, 0), await _tom.BooksAsync("hermes"));
    }

    [Fact]
    public async Task Two_retries_at_once_try_a_message_once()
    {
        await _tom.ReadAsync(Plain);
        var id = Assert.Single(await _tom.IdsAsync("moody"));
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _tom.Mood.Expect(async _ =>
        {
            isAsked.SetResult();
            await goOn.Task;
            return Verdict.Handled;
        });

        var first = _tom.Parked.RetryAsync(new() { Ids = [id] });
        await isAsked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var second = await _tom.Parked.RetryAsync(new() { Ids = [id] });
        var drop = await _tom.Parked.DropAsync(new() { Ids = [id] });
        Assert.Equal("retrying", (await _tom.Parked.GetAsync(id)).Message.State);
        goOn.SetResult();

        Assert.Equal(1, (await first).Handled);
        Assert.Contains("somebody else", Assert.Single(second.NotTried).Reason, StringComparison.Ordinal);
        Assert.Equal((0, 1), (drop.Dropped, drop.NotDropped.Length));
        Assert.Equal([0L], _tom.Mood.Asked);
        Assert.Equal((1, 1, 0, 0, 0), await _tom.BooksAsync("moody"));
    }

    [Fact]
    public async Task Fault_of_ours_leaves_the_message_and_those_after_it_as_they_were()
    {
        await _tom.ReadAsync(Plain, Plain);
        var ids = await _tom.IdsAsync("moody");

        _tom.Mood.Expect(_ => throw new TomException(TomFault.Unavailable, "the database does not answer"));
        var result = await _tom.Parked.RetryAsync(new() { All = true, Handler = "moody" });

        Assert.Equal(ids, result.NotTried.Select(message => message.Id));
        Assert.All(result.NotTried, message => Assert.EndsWith("the database does not answer", message.Reason, StringComparison.Ordinal));
        Assert.Equal([0L], _tom.Mood.Asked);
        var parked = (await _tom.Parked.GetAsync(ids[0])).Message;
        Assert.Equal(("retrying", 1), (parked.State, parked.Attempts));

        _tom.Mood.Expect(_ => Task.FromResult(Verdict.Handled));
        Assert.Equal(2, (await _tom.Parked.RetryAsync(new() { Ids = [.. ids] })).Handled);
    }

    [Fact]
    public async Task Handler_that_is_not_configured_any_more_is_refused()
    {
        await _tom.ReadAsync(Plain);
        var id = Assert.Single(await _tom.IdsAsync("moody"));
        await _tom.RestartAsync("hermes");

        var result = await _tom.Parked.RetryAsync(new() { Ids = [id] });

        var refused = Assert.Single(result.NotTried);
        Assert.Equal((id, "handler moody is not configured for hop/hermes.test any more: configure it again, or drop the message"), (refused.Id, refused.Reason));
        Assert.Equal(1, (await _tom.Parked.DropAsync(new() { Ids = [id] })).Dropped);
    }

    [Fact]
    public async Task Dropped_messages_move_the_books_and_are_not_tried_any_more()
    {
        await _tom.ReadAsync(Plain, Plain);
        var ids = await _tom.IdsAsync("moody");

        var dropped = await _tom.Parked.DropAsync(new() { All = true, Topic = "hermes.test", Handler = "moody" });
        var again = await _tom.Parked.DropAsync(new() { Ids = [ids[0], 999] });
        var retried = await _tom.Parked.RetryAsync(new() { Ids = [ids[0]] });

        Assert.Equal((2, 0), (dropped.Dropped, dropped.NotDropped.Length));
        Assert.Equal([(ids[0], "it was dropped before"), (999, "there is no parked message 999; tom parked lists them")], again.NotDropped.Select(message => (message.Id, message.Reason)));
        Assert.Equal("it was dropped before", Assert.Single(retried.NotTried).Reason);
        Assert.Equal((2, 0, 0, 0, 2), await _tom.BooksAsync("moody"));
    }

    [Fact]
    public async Task Long_selection_is_done_call_by_call()
    {
        await _tom.ReadAsync([.. Enumerable.Repeat(Plain, 130)]);
        var ids = await _tom.IdsAsync("moody");
        _tom.Mood.Expect(_ => Task.FromResult(Verdict.Handled));

        var first = await _tom.Parked.RetryAsync(new() { All = true });
        var second = await _tom.Parked.DropAsync(new() { Ids = [.. Enumerable.Range(0, 130).Select(_ => 0L), .. ids], After = first.Next!.Value });

        Assert.Equal((100, ids[99]), (first.Handled, first.Next));
        Assert.Equal((30, null), (second.Dropped, second.Next));
        Assert.Equal((130, 100, 0, 0, 30), await _tom.BooksAsync("moody"));
    }

    [Fact]
    public async Task Detail_has_the_headers_the_text_and_the_bytes()
    {
        await _tom.ReadAsync(Plain);

        var detail = await _tom.Parked.GetAsync(Assert.Single(await _tom.IdsAsync("moody")));

        Assert.Equal(("{\n  \"title\": \"nothing in particular\"\n}", Plain), (detail.Text, Encoding.UTF8.GetString(detail.Value.Span)));
        Assert.Contains(new ParkedHeader("_sender", "hermes-cred"), detail.Headers);
        Assert.Contains(new ParkedHeader("_id", "0x00112233445566778899aabbccddeeff"), detail.Headers);
        Assert.Equal((MessageBuilder.Id, "moody", 1), (detail.Message.MessageId, detail.Message.Handler, detail.Message.Attempts));
    }

    [Fact]
    public async Task What_is_not_there_or_not_said_is_refused()
    {
        Assert.Equal(TomFault.NotFound, (await Assert.ThrowsAsync<TomException>(() => _tom.Parked.GetAsync(999))).Fault);
        Assert.Equal(TomFault.Invalid, (await Assert.ThrowsAsync<TomException>(() => _tom.Parked.RetryAsync(new()))).Fault);
        Assert.Equal(TomFault.Invalid, (await Assert.ThrowsAsync<TomException>(() => _tom.Parked.DropAsync(new() { All = true, Ids = [1] }))).Fault);
    }
}
