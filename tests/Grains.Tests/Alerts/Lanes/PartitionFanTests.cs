using TomOrleans.Storage;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

public sealed class PartitionFanTests : IDisposable
{
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

        await _scene.LetGoAsync(hanging);
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
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(3); passed += Scene.Moment)
        {
            _scene.Time.Advance(Scene.Moment);
            await Task.Yield();
        }

        Assert.Equal("live", _scene.StateOf("second"));
        other.Handle();
        Assert.Equal(10, await delivery);
        Assert.Equal(("live", "live"), (_scene.StateOf("first"), _scene.StateOf("second")));
    }

    [Fact]
    public async Task The_last_handler_is_never_let_go_and_the_partition_waits_with_its_name()
    {
        ScriptedHandler only = new();
        await _scene.BeginAsync((only, "only", 0));

        var delivery = _scene.DeliverAsync(0, 10);
        var owed = await only.CallAsync();
        var refusal = await Assert.ThrowsAsync<TomException>(() => _scene.AdvanceUntilAsync(delivery));
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
}
