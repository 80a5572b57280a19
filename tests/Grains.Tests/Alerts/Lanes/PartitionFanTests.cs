using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Storage;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

public sealed class PartitionFanTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_batch_is_delivered_when_every_handler_has_judged_it()
    {
        ScriptedHandler quick = new(answersAtOnce: true), asked = new();
        await _scene.BeginAsync((quick, "quick", 0), (asked, "asked", 0));

        var delivery = _scene.DeliverAsync(0, 10);
        var call = await asked.CallAsync();
        Assert.False(delivery.IsCompleted);
        call.Handle();

        Assert.Equal(10, await delivery);
        Assert.Equal(("live", "live"), (_scene.StateOf("quick"), _scene.StateOf("asked")));
    }

    [Fact]
    public async Task A_handler_that_hangs_is_let_go_after_a_moment_and_the_others_go_on()
    {
        ScriptedHandler quick = new(answersAtOnce: true), hanging = new();
        await _scene.BeginAsync((quick, "quick", 0), (hanging, "hanging", 0));

        await LetGoAsync(hanging);
        Assert.Equal("behind", _scene.StateOf("hanging"));
        Assert.Equal(0, await _scene.DeliverAsync(10, 20));
        Assert.Equal(0, await _scene.DeliverAsync(20, 30));

        Assert.Equal(Scene.Offsets(0, 30), quick.Seen);
        Assert.False(hanging.HasCall, "a handler that has not answered was given more");
        _scene.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.StartsWith("failing: handler hanging has not answered", _scene.StateOf("hanging"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_even_the_first_took_long_the_others_have_longer_too()
    {
        ScriptedHandler first = new(), second = new();
        await _scene.BeginAsync((first, "first", 0), (second, "second", 0));
        var delivery = _scene.DeliverAsync(0, 10);
        var (one, other) = (await first.CallAsync(), await second.CallAsync());

        _scene.Time.Advance(TimeSpan.FromSeconds(2));
        one.Handle();
        await _scene.Written.ReachesAsync("first", 10);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(3); passed += Moment)
        {
            _scene.Time.Advance(Moment);
            await Task.Yield();
        }

        Assert.Equal("live", _scene.StateOf("second"));
        other.Handle();
        Assert.Equal(10, await delivery);
        Assert.Equal(("live", "live"), (_scene.StateOf("first"), _scene.StateOf("second")));
    }

    [Fact]
    public async Task A_handler_that_was_let_go_catches_up_without_a_gap_and_is_live_again()
    {
        ScriptedHandler quick = new(answersAtOnce: true), late = new();
        await _scene.BeginAsync((quick, "quick", 0), (late, "late", 0));
        var owed = await LetGoAsync(late);
        await _scene.DeliverAsync(10, 35);

        owed.Handle();
        for (var from = 10L; from < 35; from += 10)
        {
            var call = await late.CallAsync();
            Assert.Equal(from, call.Offsets[0]);
            call.Handle();
        }

        await _scene.Written.ReachesAsync("late", 35);
        var live = _scene.DeliverAsync(35, 40);
        (await late.CallAsync()).Handle();
        Assert.Equal(40, await live);

        Assert.Equal(Scene.Offsets(0, 40), late.Seen);
        Assert.Equal("live", _scene.StateOf("late"));
        Assert.True(_scene.Source.IsForgotten);
    }

    [Fact]
    public async Task A_handler_that_joins_in_the_middle_of_a_batch_and_fails_on_it_is_behind_again_and_misses_nothing()
    {
        ScriptedHandler steady = new(), late = new();
        await _scene.BeginAsync((steady, "steady", 0), (late, "late", 0));
        var first = _scene.DeliverAsync(0, 10);
        (await steady.CallAsync()).Handle();
        var owed = await late.CallAsync();
        await _scene.Written.ReachesAsync("steady", 10);
        await AdvanceUntilAsync(first);
        var second = _scene.DeliverAsync(10, 20);
        var inHand = await steady.CallAsync();
        owed.Handle();
        var joined = await late.CallAsync();

        inHand.Handle();
        await second;
        joined.Fail("the disk is full");

        // No further batch comes: it reads on by itself.
        var next = late.CallAsync();
        await AdvanceUntilAsync(next);
        var again = await next;
        Assert.Equal(Scene.Offsets(10, 20), again.Offsets);
        again.Handle();
        await _scene.Written.ReachesAsync("late", 20);
        Assert.Equal(Scene.Offsets(0, 20), late.Seen);
    }

    [Fact]
    public async Task A_handler_that_is_behind_in_many_partitions_reads_sixteen_batches_of_one_before_the_next_has_its_turn()
    {
        ScriptedHandler quick = new(answersAtOnce: true), late = new();
        var load = _scene.LoadOf("late");
        for (var i = 0; i < 7; i++)
        {
            load.Count();
        }

        _scene.Source.High = 400;
        await _scene.BeginAsync((quick, "quick", 400), (late, "late", 0));
        var call = await late.CallAsync();
        var next = load.EnterAsync(TestContext.Current.CancellationToken);
        for (var batches = 1; batches < 16; batches++)
        {
            call.Handle();
            call = await late.CallAsync();
            Assert.False(next.IsCompleted);
        }

        call.Handle();
        await next;
        Assert.True(_scene.Source.IsForgotten);
        Assert.False(late.HasCall, "it went on without its turn");
        load.Leave();
        Assert.Equal(160, (await late.CallAsync()).Offsets[0]);
    }

    [Fact]
    public async Task A_handler_rejoins_in_the_middle_of_a_batch_that_it_lacks_nothing_before()
    {
        ScriptedHandler steady = new(), late = new();
        await _scene.BeginAsync((steady, "steady", 0), (late, "late", 0));
        var first = _scene.DeliverAsync(0, 10);
        (await steady.CallAsync()).Handle();
        var owed = await late.CallAsync();
        await _scene.Written.ReachesAsync("steady", 10);
        await AdvanceUntilAsync(first);

        var second = _scene.DeliverAsync(10, 20);
        var inHand = await steady.CallAsync();
        owed.Handle();
        var joined = await late.CallAsync();
        Assert.Equal(Scene.Offsets(10, 20), joined.Offsets);
        inHand.Handle();
        joined.Handle();
        await second;

        await _scene.Written.ReachesAsync("late", 20);
        var third = _scene.DeliverAsync(20, 30);
        (await steady.CallAsync()).Handle();
        (await late.CallAsync()).Handle();
        Assert.Equal(30, await third);
        Assert.Equal(Scene.Offsets(0, 30), late.Seen);
    }

    [Fact]
    public async Task The_last_handler_is_never_let_go_and_the_partition_waits_with_its_name()
    {
        ScriptedHandler only = new();
        await _scene.BeginAsync((only, "only", 0));

        var delivery = _scene.DeliverAsync(0, 10);
        var owed = await only.CallAsync();
        var refusal = await Assert.ThrowsAsync<TomException>(() => AdvanceUntilAsync(delivery));
        Assert.Equal(TomFault.Unavailable, refusal.Fault);
        Assert.Contains("handler only has not answered", refusal.Message, StringComparison.Ordinal);

        owed.Handle();
        await _scene.Written.ReachesAsync("only", 10);
        Assert.Equal(10, await _scene.DeliverAsync(0, 10));
        Assert.Equal(Scene.Offsets(0, 10), only.Seen);
    }

    [Fact]
    public async Task A_fault_of_ours_with_one_handler_lets_it_go_and_its_reason_is_shown()
    {
        ScriptedHandler quick = new(answersAtOnce: true), failing = new();
        await _scene.BeginAsync((quick, "quick", 0), (failing, "failing", 0));

        var delivery = _scene.DeliverAsync(0, 10);
        (await failing.CallAsync()).Fail("the camera's database is away");
        Assert.Equal(0, await delivery);
        Assert.Equal("failing: the camera's database is away", _scene.StateOf("failing"));

        var again = await failing.CallAsync();
        Assert.Equal(Scene.Offsets(0, 10), again.Offsets);
        again.Handle();
        await _scene.Written.ReachesAsync("failing", 10);
    }

    [Fact]
    public async Task A_fault_of_ours_with_all_handlers_makes_the_partition_wait()
    {
        ScriptedHandler one = new(), two = new();
        await _scene.BeginAsync((one, "one", 0), (two, "two", 0));

        var delivery = _scene.DeliverAsync(0, 10);
        (await one.CallAsync()).Fail("the database is away");
        (await two.CallAsync()).Fail("the database is away");

        await Assert.ThrowsAsync<TomException>(() => delivery);
        var again = _scene.DeliverAsync(0, 10);
        (await one.CallAsync()).Handle();
        (await two.CallAsync()).Handle();
        Assert.Equal(10, await again);
    }

    [Fact]
    public async Task Live_reading_starts_at_the_furthest_cursor_and_the_others_catch_up()
    {
        ScriptedHandler far = new(answersAtOnce: true), near = new(answersAtOnce: true);
        _scene.Source.High = 50;

        Assert.Equal(50, await _scene.BeginAsync((far, "far", 50), (near, "near", 12)));
        await _scene.Written.ReachesAsync("near", 50);
        Assert.Equal(60, await _scene.DeliverAsync(50, 60));

        Assert.Equal(Scene.Offsets(12, 60), near.Seen);
        Assert.Equal(Scene.Offsets(50, 60), far.Seen);
    }

    [Fact]
    public async Task What_the_broker_threw_away_before_a_late_handler_read_it_is_counted_as_lost()
    {
        ScriptedHandler far = new(answersAtOnce: true), near = new(answersAtOnce: true);
        (_scene.Source.Low, _scene.Source.High) = (30, 50);

        await _scene.BeginAsync((far, "far", 50), (near, "near", 12));
        await _scene.Written.ReachesAsync("near", 50);

        Assert.Equal(18, _scene.Written.Lost["near"]);
        Assert.Equal(Scene.Offsets(30, 50), near.Seen);
    }

    [Fact]
    public async Task A_late_handler_whose_claim_was_lost_has_the_partition_claimed_anew()
    {
        ScriptedHandler quick = new(answersAtOnce: true), late = new();
        await _scene.BeginAsync((quick, "quick", 0), (late, "late", 0));
        var owed = await LetGoAsync(late);

        lock (_scene.Written.Next)
        {
            _scene.Written.Next["late"] = 7;
        }

        owed.Handle();
        await AdvanceUntilAsync(Task.Run(() => SpinWait.SpinUntil(() => _scene.Source.Reclaimed.Count > 0, TimeSpan.FromSeconds(20))));
        Assert.Equal([Scene.Partition], _scene.Source.Reclaimed);
    }

    [Fact]
    public async Task A_handler_is_not_asked_again_because_the_database_could_not_move_its_cursor()
    {
        ScriptedHandler only = new(answersAtOnce: true);
        await _scene.BeginAsync((only, "only", 0));
        _scene.Written.IsAway = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _scene.DeliverAsync(0, 10));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _scene.DeliverAsync(0, 10));

        _scene.Written.IsAway = false;
        Assert.Equal(10, await _scene.DeliverAsync(0, 10));
        Assert.Equal(20, await _scene.DeliverAsync(10, 20));
        Assert.Equal(Scene.Offsets(0, 20), only.Seen);
    }

    [Fact]
    public async Task The_message_before_the_cursor_proves_that_the_topic_is_the_same()
    {
        ScriptedHandler only = new(answersAtOnce: true);
        _scene.LastMicroseconds = 0;

        Assert.Equal(9, await _scene.BeginAsync((only, "only", 10)));
        Assert.Equal(12, await _scene.DeliverAsync(9, 12));

        Assert.Equal(Scene.Offsets(10, 12), only.Seen);
    }

    [Fact]
    public async Task A_topic_that_was_made_again_is_read_from_its_beginning_by_all()
    {
        ScriptedHandler far = new(answersAtOnce: true), near = new(answersAtOnce: true);
        _scene.LastMicroseconds = 77;
        _scene.Source.High = 30;

        Assert.Equal(19, await _scene.BeginAsync((far, "far", 20), (near, "near", 10)));
        var refusal = await Assert.ThrowsAsync<TomException>(() => _scene.DeliverAsync(19, 30));

        Assert.Equal(TomFault.Conflict, refusal.Fault);
        Assert.Equal(0, _scene.Written.Next["far"]);
        await _scene.Written.ReachesAsync("near", 20);
        Assert.Equal(Scene.Offsets(0, 20), near.Seen);
    }

    [Fact]
    public async Task After_the_end_of_the_claim_nothing_is_moved()
    {
        ScriptedHandler only = new();
        await _scene.BeginAsync((only, "only", 0));
        var delivery = _scene.DeliverAsync(0, 10);
        var owed = await only.CallAsync();

        _scene.Fan!.End();
        owed.Handle();

        await Assert.ThrowsAsync<TomException>(() => delivery);
        Assert.Equal(0, _scene.Written.Next["only"]);
    }

    [Fact]
    public async Task A_handler_that_hangs_in_eight_partitions_is_given_no_ninth_batch()
    {
        var load = new HandlerLoad(_scene.Time);
        for (var i = 0; i < 8; i++)
        {
            load.Count();
        }

        Assert.True(load.IsJammed);
        var ninth = load.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(ninth.IsCompleted);
        load.Leave();
        await ninth;
        Assert.True(load.IsJammed);
    }

    [Fact]
    public void A_handler_that_answers_now_and_then_is_slow_and_not_jammed()
    {
        var load = new HandlerLoad(_scene.Time);
        for (var i = 0; i < 8; i++)
        {
            load.Count();
        }

        load.Answered();
        Assert.False(load.IsJammed);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(load.IsJammed);
    }

    /// <summary>Has the handler hang over offsets 0 to 9 until it is let go.</summary>
    private async Task<ScriptedHandler.Call> LetGoAsync(ScriptedHandler handler)
    {
        var delivery = _scene.DeliverAsync(0, 10);
        var call = await handler.CallAsync();
        await AdvanceUntilAsync(delivery);
        return call;
    }

    /// <summary>The clock goes on until the task is done: its waits begin when they begin.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _scene.Time.Advance(Moment);
            await _scene.TurnAsync(() => Task.FromResult(0));
        }

        await task;
    }
}
