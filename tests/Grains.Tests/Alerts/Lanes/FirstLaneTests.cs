using TomOrleans.Storage;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

/// <summary>The lane that keeps messages stands before all others.</summary>
public sealed class FirstLaneTests : IDisposable
{
    private const string Archive = "archive";

    /// <summary>The lane that keeps asks no handler.</summary>
    private static readonly ScriptedHandler Nobody = new();

    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Nobody_is_handed_a_batch_that_could_not_be_kept_and_the_partition_waits()
    {
        ScriptedHandler handler = new();
        await _scene.BeginAsync((Nobody, Archive, 0), (handler, "asked", 0));
        _scene.Written.IsAway = true;

        var fault = await Assert.ThrowsAsync<StorageUnavailableException>(() => _scene.DeliverAsync(0, 10));
        Assert.Equal("the database is away", fault.Message);
        Assert.False(handler.HasCall, "it was handed what is not kept");
        Assert.Equal("failing: the database is away", _scene.StateOf(Archive));

        _scene.Written.IsAway = false;
        var delivery = _scene.DeliverAsync(0, 10);
        var call = await handler.CallAsync();
        Assert.Equal(Scene.Offsets(0, 10), _scene.Written.Kept);
        call.Handle();
        Assert.Equal(10, await delivery);
        Assert.Equal("live", _scene.StateOf(Archive));
    }

    [Fact]
    public async Task Live_reading_begins_where_keeping_stands_and_those_who_are_ahead_get_nothing_twice()
    {
        ScriptedHandler ahead = new(answersAtOnce: true), behind = new(answersAtOnce: true);
        Assert.Equal(20, await _scene.BeginAsync((Nobody, Archive, 20), (ahead, "ahead", 30), (behind, "behind", 20)));

        Assert.Equal(40, await _scene.DeliverAsync(20, 40));

        Assert.Equal(Scene.Offsets(20, 40), _scene.Written.Kept);
        Assert.Equal(Scene.Offsets(30, 40), ahead.Seen);
        Assert.Equal(Scene.Offsets(20, 40), behind.Seen);
    }

    [Fact]
    public async Task After_a_kill_between_keeping_and_handling_nothing_is_kept_twice_and_nothing_is_left_out()
    {
        ScriptedHandler handler = new(answersAtOnce: true);
        Assert.Equal(0, await _scene.BeginAsync((Nobody, Archive, 10), (handler, "asked", 0)));

        Assert.Equal(15, await _scene.DeliverAsync(0, 15));

        Assert.Equal(Scene.Offsets(10, 15), _scene.Written.Kept);
        Assert.Equal(Scene.Offsets(0, 15), handler.Seen);
    }

    [Fact]
    public async Task Who_catches_up_does_not_get_ahead_of_what_is_kept()
    {
        ScriptedHandler quick = new(answersAtOnce: true), late = new(answersAtOnce: true);
        _scene.Source.High = 100;
        await _scene.BeginAsync((Nobody, Archive, 25), (quick, "quick", 25), (late, "late", 0));

        await _scene.Written.ReachesAsync("late", 25);
        Assert.Equal(Scene.Offsets(0, 25), late.Seen);

        Assert.Equal(40, await _scene.DeliverAsync(25, 40));
        Assert.Equal(Scene.Offsets(0, 40), late.Seen);
        Assert.Equal("live", _scene.StateOf("late"));
    }

    [Fact]
    public async Task A_slow_handler_is_let_go_beside_the_lane_that_keeps_and_the_last_one_is_not()
    {
        ScriptedHandler only = new();
        await _scene.BeginAsync((Nobody, Archive, 0), (only, "only", 0));

        var delivery = _scene.DeliverAsync(0, 10);
        var call = await only.CallAsync();
        call.Fail("no room");

        var fault = await Assert.ThrowsAsync<TomException>(() => delivery);
        Assert.Equal("no room", fault.Message);
        Assert.Equal("live", _scene.StateOf("only"));
        Assert.Equal(Scene.Offsets(0, 10), _scene.Written.Kept);
    }
}
