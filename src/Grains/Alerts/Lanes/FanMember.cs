using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

public enum LanePlace
{
    /// <summary>Gets the live batches.</summary>
    Live,

    /// <summary>Was let go, or started behind: catches up by itself.</summary>
    Away,

    /// <summary>Paused by a person: gets nothing.</summary>
    Stopped,
}

/// <summary>
/// A lane, where it stands beside the live reader, and the batch it is at. Only the worker changes it; what it shows can be read on any thread.
/// </summary>
public sealed class FanMember(HandlerLane lane, TimeSpan timeout, HandlerLoad load, TimeProvider time, string? paused = null)
{
    private volatile Busy? _busy;
    private volatile string? _trouble;

    public HandlerLane Lane => lane;

    public HandlerLoad Load => load;

    public LanePlace Place { get; set; } = paused is null ? LanePlace.Live : LanePlace.Stopped;

    /// <summary>Who paused it and since when; null when nobody did.</summary>
    public string? Paused => paused;

    /// <summary>Completes with the batch in hand; never fails.</summary>
    public Task Idle { get; private set; } = Task.CompletedTask;

    /// <summary>What failed of ours with the last batch; null when it went well.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>What the lane meets with while it catches up; null when all is well.</summary>
    public string? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    /// <summary>How much longer its handler may take before it counts as failing.</summary>
    public TimeSpan TimeLeft => _busy is { } busy ? timeout - time.GetElapsedTime(busy.Since) : timeout;

    /// <summary>Hands it a batch. It must be idle: a handler that has not answered gets nothing more.</summary>
    public void Start(ImmutableArray<Alert> alerts, long nextOffset)
    {
        if (!Idle.IsCompleted)
        {
            throw new InvalidOperationException($"{lane.Handler} has a batch in hand");
        }

        Fault = null;
        _busy = new(time.GetTimestamp(), alerts.Length);
        Idle = RunAsync(alerts, nextOffset);
    }

    public LaneReport Report()
    {
        var busy = _busy;
        return new(lane.Handler, StateOf(busy), lane.Cursor.Next, busy?.Messages ?? 0);
    }

    public string NoAnswer() => $"handler {lane.Handler} has not answered for {(timeout - TimeLeft).TotalSeconds:F0} s";

    private string StateOf(Busy? busy) =>
        Place == LanePlace.Stopped ? $"stopped: {paused}"
        : busy is not null && TimeLeft <= TimeSpan.Zero ? $"failing: {NoAnswer()}"
        : _trouble is { } trouble ? $"failing: {trouble}"
        : Place == LanePlace.Away ? "behind"
        : "live";

    private async Task RunAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        try
        {
            await lane.DeliverAsync(alerts, nextOffset);
            _trouble = null;
        }
        catch (Exception exception)
        {
            Fault = exception;
        }
        finally
        {
            _busy = null;
        }
    }

    private sealed record Busy(long Since, int Messages);
}
