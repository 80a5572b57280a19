using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// How a handler that was let go gets back: waits for the answer it owes, then reads on from its own cursor until it has reached the live reader. What fails is tried again
/// without limit, more and more slowly.
/// </summary>
internal sealed partial class CatchUpLoop(
    PartitionFan fan, TopicPartitionName partition, IPartitionSource source, TimeProvider time, ILogger log, CancellationToken ended)
{
    /// <summary>As much as the reader gives one partition at a time: opening the next one costs more than reading on.</summary>
    private const int TurnBatches = 16;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public static bool IsClaimLost(Exception? exception) => exception is TomException { Fault: TomFault.Conflict };

    /// <summary>Ends when the handler is live again, or with the claim. Never fails.</summary>
    public async Task RunAsync(FanMember member)
    {
        try
        {
            await AnswerAsync(member);
            await ReadOnAsync(member);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The claim is over; the next one starts where this cursor stands.
        }
        catch (TomException exception) when (IsClaimLost(exception))
        {
            source.Reclaim(partition);
        }
        catch (Exception exception)
        {
            LogEnded(exception, member.Lane.Key);
            source.Reclaim(partition);
        }
    }

    private async Task AnswerAsync(FanMember member)
    {
        if (!member.Idle.IsCompleted)
        {
            member.Load.Count();
            _ = LeaveWithAnswerAsync(member);
            await member.Idle.WaitAsync(ended);
            Note(member);
        }
    }

    /// <summary>What a handler has in hand counts until it answers, whatever becomes of the claim.</summary>
    private static async Task LeaveWithAnswerAsync(FanMember member)
    {
        await member.Idle;
        member.Load.Leave();
    }

    private async Task ReadOnAsync(FanMember member)
    {
        var pause = FirstPause;
        while (member.Place == LanePlace.Away && !fan.TryRejoin(member))
        {
            await member.Load.EnterAsync(ended);
            bool moved;
            try
            {
                moved = await TurnAsync(member);
            }
            catch (Exception exception) when (!ended.IsCancellationRequested && !IsClaimLost(exception))
            {
                member.Trouble = OneLine.Of(exception.Message);
                moved = false;
            }
            finally
            {
                if (member.Load.OthersWait)
                {
                    // The place in the reader goes with the turn.
                    source.Forget(partition);
                }

                _ = LeaveWithAnswerAsync(member);
            }

            if (!moved)
            {
                await Task.Delay(pause, time, ended);
            }

            pause = moved ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
        }

        if (!fan.IsAnyAway)
        {
            source.Forget(partition);
        }
    }

    /// <summary>Reads on until others shall have their turn, or it is live again. Of the last step the answer.</summary>
    private async Task<bool> TurnAsync(FanMember member)
    {
        var since = time.GetTimestamp();
        for (var batches = 0; batches < TurnBatches && time.GetElapsedTime(since) < Turn; batches++)
        {
            if (!await StepAsync(member))
            {
                return false;
            }

            member.Load.Answered();
            if (fan.TryRejoin(member))
            {
                break;
            }
        }

        return true;
    }

    /// <returns>False when nothing came, or it failed: then there is a pause.</returns>
    private async Task<bool> StepAsync(FanMember member)
    {
        var from = member.Lane.Cursor.ReadFrom;
        var read = await source.ReadAsync(partition, from, ended);
        ended.ThrowIfCancellationRequested();
        if (read.FirstOffset is { } first)
        {
            await member.Lane.Cursor.GoToFirstAsync(first);
            return true;
        }

        if (read.NextOffset <= from)
        {
            // At the end, and the live reader is further: its records will come here, too.
            return false;
        }

        var alerts = ImmutableArray.CreateRange(read.Records, record => MessageDecoder.Decode(record, partition));
        if (member.Lane.Cursor.IsContradictedBy(alerts))
        {
            await member.Lane.Cursor.RestartAsync();
            return true;
        }

        // What is not kept yet comes with the live reader, or with the next read.
        var next = Math.Min(read.NextOffset, fan.KeptTo);
        if (next <= member.Lane.Cursor.Next)
        {
            return false;
        }

        member.Start(next == read.NextOffset ? alerts : [.. alerts.Where(alert => alert.Location.Offset < next)], next);
        await member.Idle.WaitAsync(ended);
        return Note(member);
    }

    private static bool Note(FanMember member)
    {
        if (IsClaimLost(member.Fault))
        {
            throw member.Fault!;
        }

        member.Trouble = member.Fault is { } fault ? OneLine.Of(fault.Message) : null;
        return member.Fault is null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} stopped catching up; the partition is claimed anew")]
    private partial void LogEnded(Exception exception, HandlerKey handler);
}
