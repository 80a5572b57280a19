using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Storage;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// How far one handler got in one partition, durably, from the claim on. Also knows a topic that was deleted and made again under the same name: the message just before the
/// cursor, read once more after each claim, has another time then.
/// </summary>
public sealed partial class LaneCursor(CursorRow row, ParkedRoom room, IIngestWriter writer, LaneWitness witness, TimeProvider time, ILogger log)
{
    private long _next = row.NextOffset;
    private volatile bool _closed;
    private (CursorMove Move, ImmutableArray<Alert> Alerts)? _owed;

    public HandlerKey Key { get; } = ParkedMessages.HandlerOf(row.Key);

    public long Next
    {
        get => Interlocked.Read(ref _next);
        private set => Interlocked.Exchange(ref _next, value);
    }

    /// <summary>Whether it is known, or cannot be known, that the offset means the messages it meant when it was stored.</summary>
    public bool IsProven { get; private set; } = row.LastMicroseconds is null;

    /// <summary>Where to read on: from the message before, until that has proven the offset.</summary>
    public long ReadFrom => IsProven ? Next : Next - 1;

    /// <summary>Brings a cursor that points outside the partition back into it: to the first offset there is, counting what was lost below it.</summary>
    public async Task AlignAsync(PartitionFacts facts)
    {
        if (Next < facts.LowOffset || Next > facts.HighOffset)
        {
            await GoToFirstAsync(facts.LowOffset);
        }

        IsProven |= Next <= facts.LowOffset;
    }

    /// <summary>
    /// The broker does not have the next offset: goes to the first one it has. What lies between is lost, and counted; where nothing does, the topic was made again. Where a move was owed it
    /// only settles that: the offset was another one when the broker was asked.
    /// </summary>
    public async Task GoToFirstAsync(long first)
    {
        if (await HasOwedAsync())
        {
            return;
        }

        if (Next == first)
        {
            // Only the message before it is gone, which would have proven the offset.
            IsProven = true;
        }
        else if (Next < first)
        {
            LogLost(Key, Next, first - 1);
            await JumpAsync(first, new(Next, first - 1, Clock.Microseconds(time)));
        }
        else
        {
            LogRecreated(Key, Next, first);
            await JumpAsync(first, new(Next, null, Clock.Microseconds(time)));
        }
    }

    /// <summary>Whether these messages are not those that the cursor has passed. The first ones after a claim tell.</summary>
    public bool IsContradictedBy(ImmutableArray<Alert> alerts)
    {
        if (IsProven || alerts.IsEmpty)
        {
            return false;
        }

        // Reading may begin further back, for the sake of another handler.
        if (alerts[^1].Location.Offset < Next - 1)
        {
            return false;
        }

        var before = alerts.FirstOrDefault(alert => alert.Location.Offset == Next - 1);
        IsProven = before is null || before.TimestampMicroseconds == row.LastMicroseconds;
        return !IsProven;
    }

    /// <summary>The topic was made again: it is read from its beginning. A move that was owed comes first: what was done with the messages of the old topic was done.</summary>
    public async Task RestartAsync()
    {
        await SettleAsync();
        LogRecreated(Key, Next, 0);
        await JumpAsync(0, new(Next, null, Clock.Microseconds(time)));
    }

    /// <summary>
    /// Moves the cursor with books, parked and kept messages; durable when it returns. Throws <see cref="TomFault.Conflict"/> when the claim is over. After a fault of the database the move is
    /// owed: see <see cref="SettleAsync"/>.
    /// </summary>
    public async Task MoveAsync(long next, Tally tally, IReadOnlyList<Storage.Parked.NewParked> parked, long? lastMicroseconds, ImmutableArray<Alert> alerts, IReadOnlyList<NewMessage>? kept = null)
    {
        _owed = (new(row.Key, row.OwnerEpoch, Next, next, tally.Consumed, tally.Handled, tally.Ignored, tally.Lost, parked, lastMicroseconds) { Kept = kept ?? [] }, alerts);
        await SettleAsync();
    }

    /// <summary>Does a move that the database could not do before, so that the handler need not be asked a second time for what it has done.</summary>
    public async Task SettleAsync()
    {
        if (_owed is not var (move, alerts))
        {
            return;
        }

        bool moved;
        try
        {
            moved = !_closed && await writer.MoveCursorAsync(move);
            _owed = null;
        }
        catch (Exception exception) when (exception is not StorageUnavailableException)
        {
            // It would fail for ever.
            _owed = null;
            throw;
        }

        if (!moved)
        {
            throw new TomException(TomFault.Conflict, $"The cursor of {Key} was claimed by another owner.");
        }

        Next = move.NextOffset;
        witness.OnMoved(move, alerts);
        if (move.Parked.Count > 0)
        {
            room.Note(Key, move.Parked);
        }
    }

    private async Task JumpAsync(long next, NewLostRange lost)
    {
        _owed = (new(row.Key, row.OwnerEpoch, Next, next, 0, 0, 0, lost.Last is { } last ? last + 1 - lost.First : 0, []) { LostRange = lost }, []);
        await SettleAsync();
        IsProven = true;
    }

    private async Task<bool> HasOwedAsync()
    {
        var owed = _owed is not null;
        await SettleAsync();
        return owed;
    }

    /// <summary>The claim is over: nothing is moved any more.</summary>
    public void Close() => _closed = true;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} lost offsets {First} to {Last}: the broker no longer has them")]
    private partial void LogLost(HandlerKey handler, long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} stood at {Offset} of another topic: it was deleted and made again; reading it from {First}")]
    private partial void LogRecreated(HandlerKey handler, long offset, long first);
}

/// <summary>Increments of the books.</summary>
public struct Tally
{
    public long Consumed { get; set; }

    public long Handled { get; set; }

    public long Ignored { get; set; }

    public long Lost { get; set; }

    public void Add(Fate fate)
    {
        Handled += fate == Fate.Handled ? 1 : 0;
        Ignored += fate == Fate.Ignored ? 1 : 0;
    }
}
