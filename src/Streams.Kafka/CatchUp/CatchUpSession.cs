using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using TomOrleans.Streams.Kafka.Native;
using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>The life of one Kafka consumer that reads what it is told to. Reader's thread only.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Close frees what has to be freed; its token source has no timer.")]
internal sealed class CatchUpSession
{
    private const int TakeAtOnce = 2000;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);

    /// <summary>Asked again for what comes after a known end: this long is waited for it.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromMilliseconds(100);

    private readonly StreamSettings _settings;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<CatchUpEvent> _events;
    private readonly AutoResetEvent _wake;
    private readonly CancellationTokenSource _closing = new();
    private readonly CatchUpSeats _seats;
    private readonly CatchUpFaults _faults;
    private readonly CatchUpAssignment _assignment;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly RecordConsumer _records;
    private readonly BrokerQueries _broker;
    private long _lastAsked;

    /// <exception cref="StreamConfigurationException">librdkafka refuses a property.</exception>
    public CatchUpSession(
        StreamSettings settings, ILogger log, TimeProvider time, RepeatGate repeats, ConcurrentQueue<CatchUpEvent> events, AutoResetEvent wake)
    {
        _settings = settings;
        _time = time;
        _events = events;
        _wake = wake;
        _seats = new CatchUpSeats(time);
        _faults = new CatchUpFaults(settings, log, repeats);
        var patterns = new TopicPatterns(settings.Topics);
        var properties = ClientProperties.ForCatchUp(settings, patterns);
        _consumer = ClientProperties.Guard(properties, () => new ConsumerBuilder<byte[], byte[]>(properties)
            .SetLogHandler((_, message) => log.Librdkafka(settings.Id, message.Facility, message.Message))
            .SetErrorHandler((_, error) => _faults.Take(error))
            .Build());
        _records = new RecordConsumer(_consumer, ClientHandle.Of(_consumer));
        _broker = new BrokerQueries(new DependentAdminClientBuilder(_consumer.Handle).Build(), settings, patterns);
        _assignment = new CatchUpAssignment(_consumer);
    }

    /// <summary>At least one record or end came.</summary>
    public bool HasRead => _faults.HasAnswered;

    /// <returns>Why it ended; null when nobody asked for a minute or it was told to stop.</returns>
    public KafkaFault? Run(CancellationToken stop)
    {
        _lastAsked = _time.GetTimestamp();
        while (!stop.IsCancellationRequested && (_seats.SomebodyWaits || _time.GetElapsedTime(_lastAsked) < IdleLimit))
        {
            TakeEvents();
            Seat();
            Poll();
            if (_faults.End is { } end)
            {
                return end;
            }

            if (_faults.TakeNewOutage() is { } outage)
            {
                FailAll(new StreamUnavailableException(outage));
            }

            foreach (var place in _seats.Places.ToList())
            {
                Serve(place);
            }
        }

        return null;
    }

    /// <summary>Who still waits is told why. Never throws.</summary>
    public void Close(KafkaFault? fault)
    {
        _closing.Cancel();
        FailAll(fault is null ? new ObjectDisposedException(nameof(CatchUpReader)) : new StreamUnavailableException(fault.Reason));
        _broker.Dispose();
        _consumer.Dispose();
    }

    private void TakeEvents()
    {
        while (_events.TryDequeue(out var what))
        {
            switch (what)
            {
                case CatchUpEvent.Asked { Request: var request }:
                    _seats.Ask(request);
                    _lastAsked = _time.GetTimestamp();
                    break;
                case CatchUpEvent.Forgotten { Partition: var partition } when _seats.TryFind(partition, out var place) && !place.Requests.Any(request => !request.IsOver):
                    Leave(place);
                    break;
                case CatchUpEvent.Checked answer when _seats.Has(answer.Place):
                    Begin(answer);
                    break;
            }
        }
    }

    private void Seat()
    {
        while (_seats.TrySeat(out var place, out var leaving))
        {
            if (leaving is not null)
            {
                _assignment.Remove(leaving);
            }

            Check(place);
        }
    }

    /// <summary>Asked before anything is assigned: a consumer waits in silence for a topic it may not read, and beyond a partition's end.</summary>
    private void Check(CatchUpPlace place)
    {
        place.IsChecking = true;
        _ = Task.Run(async () =>
        {
            try
            {
                var low = _broker.OffsetsAsync([place.Partition], Confluent.Kafka.Admin.OffsetSpec.Earliest(), _closing.Token);
                var high = _broker.OffsetsAsync([place.Partition], Confluent.Kafka.Admin.OffsetSpec.Latest(), _closing.Token);
                Tell(new CatchUpEvent.Checked(place, (await low)[place.Partition], (await high)[place.Partition], null));
            }
            catch (Exception e)
            {
                Tell(new CatchUpEvent.Checked(place, -1, -1, new StreamUnavailableException(_faults.Outage ?? $"{place.Partition}: {Reasons.Of(e)}", e)));
            }
        });
    }

    private void Tell(CatchUpEvent what)
    {
        _events.Enqueue(what);
        _wake.Set();
    }

    private void Begin(CatchUpEvent.Checked answer)
    {
        var place = answer.Place;
        place.IsChecking = false;
        if (answer.Failure is { } failure)
        {
            Fail(place, failure);
            return;
        }

        _faults.MarkAnswered();
        while (place.Requests.TryPeek(out var request) && (request.IsOver || request.Offset < answer.Low || request.Offset > answer.High))
        {
            place.Requests.Dequeue().Answer(new CatchUpBatch([], request.Offset, answer.Low));
        }

        if (!place.Requests.TryPeek(out var next))
        {
            _seats.Leave(place);
            return;
        }

        _assignment.Put(place, next.Offset);
    }

    private void Poll()
    {
        if (!_seats.SomebodyWaits)
        {
            // Nobody is in a hurry but who comes next.
            _wake.WaitOne(_seats.Places.Any(place => place is { IsPaused: false, IsAtEnd: false }) ? 20 : 100);
        }

        var patience = _seats.SomebodyWaits ? 10 : 0;
        for (var i = 0; i < TakeAtOnce && Take(patience); i++)
        {
            patience = 0;
        }
    }

    private bool Take(int patience)
    {
        try
        {
            if (!_records.TryPoll(patience, out var polled))
            {
                return false;
            }

            _faults.MarkAnswered();
            if (_seats.TryFind(new(polled.Topic, polled.Partition), out var place) && !place.IsChecking)
            {
                if (polled.Record is { } first ? place.Doubts(first) : place.DoubtsEnd(polled.Offset))
                {
                    _assignment.Put(place, place.Next);
                }
                else if (polled.Record is not { } record)
                {
                    place.End(polled.Offset);
                }
                else if (polled.Offset >= place.Next)
                {
                    place.Add(record);
                    _assignment.PauseWhereFull(place, _seats.Places);
                }
            }
        }
        catch (ConsumeException e)
        {
            Take(e);
        }

        return true;
    }

    private void Take(ConsumeException e)
    {
        var partition = e.ConsumerRecord?.TopicPartition;
        var kind = _faults.Take(e.Error);
        if (partition is not { Topic: not null } || !_seats.TryFind(Assignments.Ref(partition), out var place))
        {
            return;
        }

        if (kind == FaultKind.Topic)
        {
            Fail(place, new StreamUnavailableException($"{place.Partition}: {KafkaFault.Clean(e.Error.Reason)}", e));
        }
        else if (kind == FaultKind.OffsetOutOfRange)
        {
            OutOfRange(place);
        }
    }

    /// <summary>The broker threw away what comes next, or the topic was made again: what it has now decides.</summary>
    private void OutOfRange(CatchUpPlace place)
    {
        if (place.HasAnswer)
        {
            // What was read before is still good; the next read after it finds out.
            _assignment.Remove(place);
            place.IsBroken = true;
            return;
        }

        if (!place.Requests.TryPeek(out var request))
        {
            Leave(place);
        }
        else if (request.WasContradicted)
        {
            Fail(place, new StreamUnavailableException($"{place.Partition}: the broker says that it has offset {request.Offset} and does not give it"));
        }
        else
        {
            request.WasContradicted = true;
            _assignment.Remove(place);
            Check(place);
        }
    }

    private void Serve(CatchUpPlace place)
    {
        while (!place.IsChecking && place.Requests.TryPeek(out var request))
        {
            if (request.IsOver)
            {
                place.Requests.Dequeue();
            }
            else if (request.Offset != place.Next)
            {
                _assignment.Put(place, request.Offset);
            }
            else if (place.HasAnswer && !(place.EndIsKnown && _time.GetElapsedTime(request.AskedAt) < EndPatience))
            {
                place.Requests.Dequeue().Answer(place.Take(_settings.MaxBatchRecords));
                _assignment.ResumeWhereDrained(place);
            }
            else if (place.IsBroken)
            {
                place.IsBroken = false;
                Check(place);
            }
            else if (_time.GetElapsedTime(place.LastMove) > SilenceLimit)
            {
                Fail(place, new StreamUnavailableException($"{place.Partition}: nothing came from the broker for {SilenceLimit.TotalSeconds:F0} s"));
            }
            else
            {
                return;
            }
        }
    }

    private void Leave(CatchUpPlace place)
    {
        _assignment.Remove(place);
        _seats.Leave(place);
    }

    private void Fail(CatchUpPlace place, Exception exception)
    {
        while (place.Requests.TryDequeue(out var request))
        {
            request.Fail(exception);
        }

        Leave(place);
    }

    private void FailAll(Exception exception)
    {
        foreach (var request in _seats.Clear())
        {
            request.Fail(exception);
        }
    }
}
