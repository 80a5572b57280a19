namespace TomOrleans.Grains.Tests.Alerts.Lanes;

/// <summary>How a handler that was let go, or starts behind, gets back to the live batches.</summary>
public sealed class CatchUpTests : IDisposable
{
    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_handler_that_was_let_go_catches_up_without_a_gap_and_is_live_again()
    {
        ScriptedHandler quick = new(answersAtOnce: true), late = new();
        await _scene.BeginAsync((quick, "quick", 0), (late, "late", 0));
        var owed = await _scene.LetGoAsync(late);
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
    public async Task A_handler_that_joins_in_the_middle_of_a_batch_and_fails_on_it_reads_on_by_itself_though_no_further_batch_comes()
    {
        var (_, late, delivery, inHand, joined) = await JoinAsync();
        inHand.Handle();
        await delivery;
        joined.Fail("the disk is full");

        var next = late.CallAsync();
        await _scene.AdvanceUntilAsync(next);
        var again = await next;
        Assert.Equal(Scene.Offsets(10, 20), again.Offsets);
        again.Handle();
        await _scene.Written.ReachesAsync("late", 20);
        Assert.Equal(Scene.Offsets(0, 20), late.Seen);
    }

    [Fact]
    public async Task A_handler_that_failed_on_a_batch_which_it_had_joined_is_not_given_the_next_one_over_the_gap()
    {
        var (steady, late, delivery, inHand, joined) = await JoinAsync();
        inHand.Handle();
        await delivery;
        joined.Fail("the disk is full");
        await _scene.TurnAsync(() => Task.FromResult(0));

        var third = _scene.DeliverAsync(20, 30);
        (await steady.CallAsync()).Handle();
        var again = await late.CallAsync();
        Assert.Equal(Scene.Offsets(10, 20), again.Offsets);
        again.Handle();
        await third;
        (await late.CallAsync()).Handle();
        await _scene.Written.ReachesAsync("late", 30);
        Assert.Equal(Scene.Offsets(0, 30), late.Seen);
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
        var (steady, late, delivery, inHand, joined) = await JoinAsync();
        inHand.Handle();
        joined.Handle();
        await delivery;

        await _scene.Written.ReachesAsync("late", 20);
        var third = _scene.DeliverAsync(20, 30);
        (await steady.CallAsync()).Handle();
        (await late.CallAsync()).Handle();
        Assert.Equal(30, await third);
        Assert.Equal(Scene.Offsets(0, 30), late.Seen);
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
        var owed = await _scene.LetGoAsync(late);

        lock (_scene.Written.Next)
        {
            _scene.Written.Next["late"] = 7;
        }

        owed.Handle();
        await _scene.AdvanceUntilAsync(Task.Run(() => SpinWait.SpinUntil(() => _scene.Source.Reclaimed.Count > 0, TimeSpan.FromSeconds(20))));
        Assert.Equal([Scene.Partition], _scene.Source.Reclaimed);
    }

    /// <summary>Two handlers, of which one is late with offsets 0 to 9 and joins the other in the middle of 10 to 19.</summary>
    private async Task<(ScriptedHandler Steady, ScriptedHandler Late, Task Delivery, ScriptedHandler.Call InHand, ScriptedHandler.Call Joined)> JoinAsync()
    {
        ScriptedHandler steady = new(), late = new();
        await _scene.BeginAsync((steady, "steady", 0), (late, "late", 0));
        var first = _scene.DeliverAsync(0, 10);
        (await steady.CallAsync()).Handle();
        var owed = await late.CallAsync();
        await _scene.Written.ReachesAsync("steady", 10);
        await _scene.AdvanceUntilAsync(first);

        var second = _scene.DeliverAsync(10, 20);
        var inHand = await steady.CallAsync();
        owed.Handle();
        var joined = await late.CallAsync();
        Assert.Equal(Scene.Offsets(10, 20), joined.Offsets);
        return (steady, late, second, inHand, joined);
    }
}
