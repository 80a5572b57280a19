using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// Fans the alerts of one claimed partition out to the lanes of its handlers, and keeps one handler from delaying the others: who is late by more than a moment, or failed where
/// others did not, is let go from the live batches, catches up by itself and rejoins where the live batch starts. The last one is never let go: then the partition waits, visibly.
/// Used within the worker's turns only; <see cref="Report"/> on any thread.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its token source has no timer and no wait handle that would have to be freed.")]
public sealed partial class PartitionFan
{
    /// <summary>How long the handlers that are done wait for one that is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);

    private readonly TopicPartitionName _partition;
    private readonly ImmutableArray<FanMember> _members;
    private readonly CatchUpLoop _catchUp;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();

    private long _liveNext;
    private LiveBatch? _current;

    public PartitionFan(TopicPartitionName partition, ImmutableArray<FanMember> members, IPartitionSource source, TimeProvider time, ILogger log)
    {
        _partition = partition;
        _members = members;
        _time = time;
        _log = log;
        _catchUp = new(this, partition, source, time, log, _ended.Token);
    }

    /// <summary>Where live reading starts: at the furthest cursor, or at the message before, which has to prove it. Those behind it start to catch up.</summary>
    public long Begin()
    {
        var reading = _members.Where(member => member.Place != LanePlace.Stopped).ToList();
        _liveNext = reading.Max(member => member.Lane.Cursor.Next);
        foreach (var member in reading.Where(member => member.Lane.Cursor.Next < _liveNext))
        {
            LetGo(member);
        }

        return reading.Where(member => member.Place == LanePlace.Live).Min(member => member.Lane.Cursor.ReadFrom);
    }

    /// <summary>
    /// Returns when every live handler has durable fates for the batch; the lowest cursor of all is the answer. Safe to repeat: what lies below a cursor is skipped. Throws
    /// <see cref="TomFault.Conflict"/> when the claim was lost, and what failed of ours when no handler got through.
    /// </summary>
    public async Task<long> DeliverAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        // Those who joined in the middle of the batch before.
        await SettleAsync(Live());
        LetJammedGo();
        var live = Live();
        await RestartContradictedAsync(live, alerts);
        _current = new(Math.Min(_liveNext, alerts.IsEmpty ? _liveNext : alerts[0].Location.Offset), alerts, nextOffset);
        _liveNext = nextOffset;
        try
        {
            foreach (var member in live)
            {
                member.Start(alerts, nextOffset);
            }

            await SettleAsync(live);
        }
        finally
        {
            _current = null;
        }

        LetFailedGo(live);
        return _members.IsEmpty ? nextOffset : _members.Min(member => member.Lane.Cursor.Next);
    }

    /// <summary>Takes a lane back that has all that the live reader has, or that can take the batch which is being delivered.</summary>
    public bool TryRejoin(FanMember member)
    {
        if (member.Lane.Cursor.Next >= _liveNext)
        {
            member.Place = LanePlace.Live;
        }
        else if (_current is { } batch && member.Lane.Cursor.Next >= batch.Start)
        {
            member.Place = LanePlace.Live;
            member.Start(batch.Alerts, batch.NextOffset);
        }

        if (member.Place == LanePlace.Live)
        {
            LogRejoined(member.Lane.Key, member.Lane.Cursor.Next);
        }

        return member.Place == LanePlace.Live;
    }

    public bool IsAnyAway => _members.Any(member => member.Place == LanePlace.Away);

    public ImmutableArray<LaneReport> Report() => [.. _members.Select(member => member.Report())];

    /// <summary>Nothing is moved any more.</summary>
    public void End()
    {
        foreach (var member in _members)
        {
            member.Lane.Cursor.Close();
        }

        _ended.Cancel();
    }

    private static async Task RestartContradictedAsync(List<FanMember> live, ImmutableArray<Alert> alerts)
    {
        var isAny = false;
        foreach (var member in live)
        {
            if (member.Lane.Cursor.IsContradictedBy(alerts))
            {
                await member.Lane.Cursor.RestartAsync();
                isAny = true;
            }
        }

        if (isAny)
        {
            throw new TomException(TomFault.Conflict, "the topic was deleted and made again");
        }
    }

    private List<FanMember> Live()
    {
        var live = new List<FanMember>(_members.Length);
        foreach (var member in _members)
        {
            if (member.Place == LanePlace.Live)
            {
                live.Add(member);
            }
        }

        return live;
    }

    /// <summary>Waits for all, but for nobody longer than a moment after the first has answered: then those who have not are let go.</summary>
    private async Task SettleAsync(List<FanMember> live)
    {
        if (live.TrueForAll(member => member.Idle.IsCompleted))
        {
            return;
        }

        await FirstAsync(live);
        var all = Task.WhenAll(live.Select(member => member.Idle));
        if (all.IsCompleted || await InTimeAsync(all, Patience))
        {
            return;
        }

        foreach (var late in live.Where(member => !member.Idle.IsCompleted))
        {
            LetGo(late);
        }
    }

    private async Task FirstAsync(List<FanMember> live)
    {
        var first = live.Count == 1 ? live[0].Idle : Task.WhenAny(live.Select(member => member.Idle));
        var limit = live.Max(member => member.TimeLeft);
        if (!await InTimeAsync(first, limit > LeastWait ? limit : LeastWait))
        {
            throw new TomException(TomFault.Unavailable, live[0].NoAnswer());
        }
    }

    private async Task<bool> InTimeAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A handler that answers nowhere in this silo gets no further batch, unless nobody else is there.</summary>
    private void LetJammedGo()
    {
        var left = Live().Count;
        foreach (var member in _members.Where(member => member is { Place: LanePlace.Live, Load.IsJammed: true }))
        {
            if (left > 1)
            {
                left--;
                LetGo(member);
            }
        }
    }

    private void LetFailedGo(List<FanMember> live)
    {
        var failed = live.Where(member => member is { Place: LanePlace.Live, Fault: not null }).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        if (failed.Find(member => CatchUpLoop.IsClaimLost(member.Fault)) is { } lost)
        {
            throw lost.Fault!;
        }

        if (failed.Count == live.Count(member => member.Place == LanePlace.Live))
        {
            throw failed[0].Fault!;
        }

        foreach (var member in failed)
        {
            member.Trouble = OneLine.Of(member.Fault!.Message);
            LetGo(member);
        }
    }

    private void LetGo(FanMember member)
    {
        member.Place = LanePlace.Away;
        LogLetGo(member.Lane.Key, member.Lane.Cursor.Next, member.Report().State);
        _ = _catchUp.RunAsync(member);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Handler} is let go at offset {Offset} ({State}): it catches up by itself, the others go on")]
    private partial void LogLetGo(HandlerKey handler, long offset, string state);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Handler} is live again from offset {Offset}")]
    private partial void LogRejoined(HandlerKey handler, long offset);

    private sealed record LiveBatch(long Start, ImmutableArray<Alert> Alerts, long NextOffset);
}
