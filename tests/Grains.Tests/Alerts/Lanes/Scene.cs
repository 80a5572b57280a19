using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Tests.Metering;
using TomOrleans.Storage;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

/// <summary>A partition, its handlers and a clock; everything runs one step at a time, as in a grain.</summary>
internal sealed class Scene : IDisposable
{
    public static readonly TopicPartitionName Partition = new(new("survey", "alerts"), 0);

    /// <summary>A step of the clock, less than any wait.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly HandlerLoads _loads;
    private readonly AlertsInstruments _instruments;

    public Scene() => (_instruments, _loads) = (new(Meters, Board, new(Time)), new(Time));

    public FakeTimeProvider Time { get; } = new();

    public ScriptedSource Source { get; } = new();

    public Cursors Written { get; } = new();

    public Measured Meters { get; } = new(AlertsInstruments.MeterName);

    public LaneBoard Board { get; } = new();

    public List<HandlerLane> Lanes { get; } = [];

    public PartitionFan? Fan { get; private set; }

    public static IEnumerable<long> Offsets(long from, long next)
    {
        for (var offset = from; offset < next; offset++)
        {
            yield return offset;
        }
    }

    public static MessageRecord Record(long offset) => new(offset, 0, null, [(byte)'x'], []);

    /// <summary>Runs as a turn of the worker.</summary>
    public Task<T> TurnAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, TestContext.Current.CancellationToken, TaskCreationOptions.None, _turns).Unwrap();

    /// <summary>Time of the message before the cursors of those who begin [us since 1970, UTC]; null where it is not known.</summary>
    public long? LastMicroseconds { get; set; }

    public Task<long> BeginAsync(params (ScriptedHandler Handler, string Id, long Next)[] handlers) => TurnAsync(() =>
    {
        Fan = new(Partition, [.. handlers.Select(entry => Member(entry.Handler, entry.Id, entry.Next))], Source, Time, NullLogger.Instance);
        return Task.FromResult(Fan.Begin());
    });

    public Task<long> DeliverAsync(long from, long next)
    {
        Source.High = Math.Max(Source.High, next);
        return TurnAsync(() => Fan!.DeliverAsync([.. Offsets(from, next).Select(offset => MessageDecoder.Decode(Record(offset), Partition))], next));
    }

    /// <summary>Has the handler hang over offsets 0 to 9 until it is let go.</summary>
    public async Task<ScriptedHandler.Call> LetGoAsync(ScriptedHandler handler)
    {
        var delivery = DeliverAsync(0, 10);
        var call = await handler.CallAsync();
        await AdvanceUntilAsync(delivery);
        return call;
    }

    /// <summary>The clock goes on until the task is done: its waits begin when they begin.</summary>
    public async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(Moment);
            await TurnAsync(() => Task.FromResult(0));
        }

        await task;
    }

    public HandlerLoad LoadOf(string handler) => _loads.Of(new(Partition, handler));

    public string StateOf(string handler) => Fan!.Report().Single(lane => lane.Handler == handler).State;

    public void Dispose()
    {
        Fan?.End();
        Meters.Dispose();
    }

    private FanMember Member(ScriptedHandler handler, string id, long next)
    {
        var definition = new HandlerDefinition { Id = id, Name = "scripted" };
        var key = new HandlerKey(Partition, id);
        var cursor = new CursorRow
        {
            Key = new("survey", "alerts", 0, id),
            NextOffset = next,
            OwnerEpoch = 1,
            Owner = "a",
            Consumed = 0,
            Handled = 0,
            Ignored = 0,
            Parked = 0,
            Dropped = 0,
            Lost = 0,
            LastMicroseconds = LastMicroseconds,
        };
        Written.Next[id] = next;
        ILaneJudge judge = id == MessageKeeper.Name
            ? new MessageKeeper(definition, Time)
            : new AlertJudge(key, definition, handler, NullLogger<AlertJudge>.Instance);
        var room = NoFlood();
        Lanes.Add(new(new(cursor, room, Written, new(key, new(Time), _instruments, new(Time)), Time, NullLogger.Instance), judge, room, Time, NullLogger<HandlerLane>.Instance));
        return new(Lanes[^1], definition.Timeout, _loads.Of(key), Time);
    }

    /// <summary>Nothing is parked here, so its table is never asked.</summary>
    private ParkedRoom NoFlood() => new(new ParkedTable(null!), Time);

    /// <summary>Cursors in memory, moved as the database moves them.</summary>
    internal sealed class Cursors : IIngestWriter
    {
        private readonly Channel _moves = new();

        public Dictionary<string, long> Next { get; } = [];

        public Dictionary<string, long> Lost { get; } = [];

        public List<NewLostRange> LostRanges { get; } = [];

        /// <summary>Offsets of the messages that were kept, in order of keeping.</summary>
        public List<long> Kept { get; } = [];

        /// <summary>Set while the database is away.</summary>
        public bool IsAway { get; set; }

        public Task<bool> MoveCursorAsync(CursorMove move)
        {
            if (IsAway)
            {
                throw new StorageUnavailableException("the database is away");
            }

            lock (Next)
            {
                if (Next[move.Key.Handler] != move.ExpectedOffset)
                {
                    return Task.FromResult(false);
                }

                Next[move.Key.Handler] = move.NextOffset;
                Kept.AddRange(move.Kept.Select(message => message.Offset));
                Lost[move.Key.Handler] = Lost.GetValueOrDefault(move.Key.Handler) + move.Lost;
                if (move.LostRange is { } range)
                {
                    LostRanges.Add(range);
                }
            }

            _moves.Tell();
            return Task.FromResult(true);
        }

        public Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows) => throw new NotSupportedException();

        /// <summary>Waits until the handler's cursor stands there.</summary>
        public async Task ReachesAsync(string handler, long offset)
        {
            while (true)
            {
                var told = _moves.NextAsync();
                lock (Next)
                {
                    if (Next[handler] >= offset)
                    {
                        return;
                    }
                }

                await told.WaitAsync(TestContext.Current.CancellationToken);
            }
        }

        private sealed class Channel
        {
            private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public Task NextAsync() => Volatile.Read(ref _next).Task;

            public void Tell() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
