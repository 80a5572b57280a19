using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// Fans the alerts of one claimed partition out to the lanes of its handlers, and keeps one handler from delaying the others: who is late by more than a moment, or failed where
/// others did not, is let go from the live batches, catches up by itself and rejoins where the live batch starts. The last one is never let go: then the partition waits, visibly.
/// First in line is the lane that keeps messages: the others get a batch when it is done with it, and without it the partition waits.
/// Used within the worker's turns only; <see cref="Report"/> on any thread.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its token source has no timer and no wait handle that would have to be freed.")]
public sealed partial class PartitionFan
{
    /// <summary>Before a handler that failed on a batch which it had joined is let go: it would join the same batch again at once, and fail on it again.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(200);

    private readonly TopicPartitionName _partition;
    private readonly ImmutableArray<FanMember> _members;
    private readonly FanMember? _first;
    private readonly CatchUpLoop _catchUp;
    private readonly LanePatience _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ended = new();

    private long _liveNext;
    private LiveBatch? _current;

    public PartitionFan(TopicPartitionName partition, ImmutableArray<FanMember> members, IPartitionSource source, TimeProvider time, ILogger log)
    {
        _partition = partition;
        _members = members;
        _first = members.FirstOrDefault(member => member.Lane.IsFirst && member.Place != LanePlace.Stopped);
        _patience = new(time);
        _time = time;
        _log = log;
        _catchUp = new(this, partition, source, time, log, _ended.Token);
    }

    /// <summary>
    /// Where live reading starts: at the furthest cursor, but not beyond the first lane's, or at the message before, which has to prove it. Those behind it start to catch up.
    /// </summary>
    public long Begin()
    {
        var others = _members.Where(member => member.Place != LanePlace.Stopped && member != _first).ToList();
        _liveNext = Math.Min(_first?.Lane.Cursor.Next ?? long.MaxValue, others.Count == 0 ? long.MaxValue : others.Max(member => member.Lane.Cursor.Next));
        foreach (var member in others.Where(member => member.Lane.Cursor.Next < _liveNext))
        {
            LetGo(member);
        }

        return _members.Where(member => member.Place == LanePlace.Live).Min(member => member.Lane.Cursor.ReadFrom);
    }

    /// <summary>
    /// Returns when every live handler has durable fates for the batch; the lowest cursor of all is the answer. Safe to repeat: what lies below a cursor is skipped. Throws
    /// <see cref="TomFault.Conflict"/> when the claim was lost, and what failed of ours when no handler got through.
    /// </summary>
    public async Task<long> DeliverAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        // Those who joined in the middle of the batch before, but for who did not get through it.
        await SettleAsync(Live());
        foreach (var member in Live())
        {
            LetGoWhereBehind(member);
        }

        LetJammedGo();
        await RestartContradictedAsync(_first is null ? Live() : [_first, .. Live()], alerts);
        var start = _liveNext;
        _current = new(Math.Min(start, alerts.IsEmpty ? start : alerts[0].Location.Offset), alerts, nextOffset);
        _liveNext = nextOffset;
        try
        {
            LetFailedGo(await DeliverToLiveAsync(alerts, nextOffset));
        }
        catch
        {
            // It is repeated.
            _liveNext = start;
            throw;
        }

        return _members.IsEmpty ? nextOffset : _members.Min(member => member.Lane.Cursor.Next);
    }

    /// <summary>Returns who was live for it.</summary>
    private async Task<List<FanMember>> DeliverToLiveAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        try
        {
            await DeliverFirstAsync(alerts, nextOffset);
            _current!.IsOpen = true;
            var live = Live();
            foreach (var member in live)
            {
                member.Start(alerts, nextOffset);
            }

            await SettleAsync(live);
            return live;
        }
        finally
        {
            _current = null;
        }
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
            if (batch.IsOpen)
            {
                member.Start(batch.Alerts, batch.NextOffset);
                _ = WatchJoinedAsync(member);
            }
        }

        if (member.Place == LanePlace.Live)
        {
            LogRejoined(member.Lane.Key, member.Lane.Cursor.Next);
        }

        return member.Place == LanePlace.Live;
    }

    /// <summary>Nobody may be given what lies at or above this offset yet.</summary>
    public long KeptTo => _first?.Lane.Cursor.Next ?? long.MaxValue;

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

    /// <summary>Returns when the first lane has the batch durably. Whatever it fails of, the partition waits.</summary>
    private async Task DeliverFirstAsync(ImmutableArray<Alert> alerts, long nextOffset)
    {
        if (_first is not { } first)
        {
            return;
        }

        // What it was left with when the partition began to wait.
        await _patience.IdleAsync(first);
        first.Start(alerts, nextOffset);
        await _patience.IdleAsync(first);
        if (first.Fault is { } fault)
        {
            first.Trouble = OneLine.Of(fault.Message);
            throw fault;
        }
    }

    /// <summary>Who gets the live batches beside the first lane.</summary>
    private List<FanMember> Live()
    {
        var live = new List<FanMember>(_members.Length);
        foreach (var member in _members)
        {
            if (member.Place == LanePlace.Live && member != _first)
            {
                live.Add(member);
            }
        }

        return live;
    }

    /// <summary>Who makes the others wait too long for it is let go.</summary>
    private async Task SettleAsync(List<FanMember> live)
    {
        foreach (var late in await _patience.LateAsync(live))
        {
            LetGo(late);
        }
    }

    /// <summary>A handler that answers nowhere in this silo gets no further batch, unless nobody else is there.</summary>
    private void LetJammedGo()
    {
        var left = Live().Count;
        foreach (var member in Live().Where(member => member.Load.IsJammed))
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
            LetGo(member);
        }
    }

    /// <summary>Nobody waits for the answer of who joined in the middle of a batch: where it fails there may be no further batch to tell.</summary>
    private async Task WatchJoinedAsync(FanMember member)
    {
        var joined = member.Idle;
        await joined;
        if (member.Fault is not null)
        {
            await Task.Delay(AfterFault, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_ended.IsCancellationRequested && ReferenceEquals(member.Idle, joined) && member is { Place: LanePlace.Live, Fault: not null })
        {
            LetGo(member);
        }
    }

    /// <summary>One that is live, has nothing in hand, and lacks something of what the live ones have had.</summary>
    private void LetGoWhereBehind(FanMember member)
    {
        if (member is { Place: LanePlace.Live, Idle.IsCompleted: true } && member.Lane.Cursor.Next < _liveNext)
        {
            LetGo(member);
        }
    }

    private void LetGo(FanMember member)
    {
        member.Place = LanePlace.Away;
        if (member.Fault is { } fault)
        {
            member.Trouble = OneLine.Of(fault.Message);
        }

        LogLetGo(member.Lane.Key, member.Lane.Cursor.Next, member.Report().State);
        _ = _catchUp.RunAsync(member);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Handler} is let go at offset {Offset} ({State}): it catches up by itself, the others go on")]
    private partial void LogLetGo(HandlerKey handler, long offset, string state);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Handler} is live again from offset {Offset}")]
    private partial void LogRejoined(HandlerKey handler, long offset);

    private sealed record LiveBatch(long Start, ImmutableArray<Alert> Alerts, long NextOffset)
    {
        /// <summary>The first lane is done with it.</summary>
        public bool IsOpen { get; set; }
    }
}
