using System.Diagnostics.CodeAnalysis;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Grains.Events;

/// <summary>
/// What happened in this silo and was not published yet. Putting waits for nobody and, once the queue has grown, allocates nothing; what tells of the same thing becomes one event. Holds at most
/// <see cref="Capacity"/>: then the oldest is dropped, and counted. Safe on any thread.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its semaphore has no wait handle that would have to be freed.")]
public sealed class EventQueue(TimeProvider time)
{
    public const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<Subject> _order = new();
    private readonly Dictionary<Subject, Happening> _happenings = [];
    private readonly SemaphoreSlim _some = new(0);
    private long _dropped;

    /// <summary>Events that were dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The messages have a durable fate.</summary>
    /// <param name="handler">Whose.</param>
    /// <param name="messages">How many were handled; nothing is put where none was.</param>
    /// <param name="lastOffset">The last of their batch.</param>
    public void AlertsHandled(HandlerKey handler, long messages, long lastOffset) =>
        Put(new(TomEventKind.AlertsHandled, handler.Partition.Topic, handler.Handler), messages, new(handler.Partition.Partition, lastOffset));

    public void MessagesParked(HandlerKey handler, long messages, long lastOffset, string reason) =>
        Put(new(TomEventKind.MessagesParked, handler.Partition.Topic, handler.Handler), messages, new(handler.Partition.Partition, lastOffset, reason));

    /// <summary>The target's rows are durable; nothing is put where all of them were known.</summary>
    public void TargetChanged(long target, IReadOnlyList<RowFate> rows)
    {
        var fresh = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            fresh += rows[i] is RowFate.New or RowFate.Revision ? 1 : 0;
        }

        Put(new(TomEventKind.TargetChanged, Id: target), fresh, default);
    }

    /// <summary>An outcome of one of the share's submissions is durable. States that are no outcome are not put.</summary>
    public void ShareEnded(long share, string destination, ShareState state, string? text)
    {
        TomEventKind? kind = state switch
        {
            ShareState.Delivered => TomEventKind.ShareDelivered,
            ShareState.Rejected => TomEventKind.ShareRejected,
            ShareState.Unconfirmed => TomEventKind.ShareUnconfirmed,
            _ => null,
        };
        if (kind is { } ended)
        {
            Put(new(ended, Name: destination, Id: share), 1, new(Text: text));
        }
    }

    /// <summary>An order for a topic is durable.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="handler">Null for all.</param>
    /// <param name="by">Who ordered it.</param>
    public void TopicOrdered(TomEventKind kind, TopicName topic, string? handler, string by) => Put(new(kind, topic, handler), 1, new(Text: by));

    /// <summary>Waits until there is something.</summary>
    public Task SomeAsync(CancellationToken cancellation) => _some.WaitAsync(cancellation);

    /// <summary>Takes the oldest ones out, oldest first.</summary>
    public IReadOnlyList<TomEvent> Take(int most)
    {
        lock (_gate)
        {
            var events = new List<TomEvent>(Math.Min(most, _order.Count));
            while (events.Count < most && _order.TryDequeue(out var subject))
            {
                _happenings.Remove(subject, out var happening);
                events.Add(EventOf(subject, happening));
            }

            if (_order.Count > 0)
            {
                _some.Release();
            }

            return events;
        }
    }

    /// <summary>These were taken and could not be published.</summary>
    public void Drop(int events) => Interlocked.Add(ref _dropped, events);

    private void Put(in Subject subject, long count, in Detail detail)
    {
        if (count == 0)
        {
            return;
        }

        var now = Clock.Microseconds(time);
        lock (_gate)
        {
            if (_happenings.TryGetValue(subject, out var before))
            {
                _happenings[subject] = new(before.Count + count, now, detail);
                return;
            }

            if (_order.Count == Capacity)
            {
                _happenings.Remove(_order.Dequeue());
                Drop(1);
            }

            _order.Enqueue(subject);
            _happenings[subject] = new(count, now, detail);
            if (_order.Count == 1)
            {
                _some.Release();
            }
        }
    }

    private static TomEvent EventOf(in Subject subject, in Happening happening) => new()
    {
        Kind = subject.Kind,
        AtMicroseconds = happening.AtMicroseconds,
        Count = happening.Count,
        Topic = subject.Topic,
        Handler = subject.Topic is null ? null : subject.Name,
        Last = subject.Topic is { } topic && happening.Last is { Partition: { } partition, Offset: var offset } ? new(topic.Stream, topic.Topic, partition, offset) : null,
        TargetId = subject.Kind == TomEventKind.TargetChanged ? subject.Id : null,
        ShareId = subject.Topic is null && subject.Kind != TomEventKind.TargetChanged ? subject.Id : null,
        Destination = subject.Topic is null ? subject.Name : null,
        Text = happening.Last.Text is { } text ? OneLine.Of(text) : null,
    };

    /// <summary>What makes two happenings one event.</summary>
    private readonly record struct Subject(TomEventKind Kind, TopicName? Topic = null, string? Name = null, long Id = 0);

    private readonly record struct Detail(int? Partition = null, long Offset = 0, string? Text = null);

    private readonly record struct Happening(long Count, long AtMicroseconds, Detail Last);
}
