using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Native;
using TomOrleans.Streams.Kafka.Partitions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>The life of one Kafka consumer: connects, prepares the sink, subscribes, polls until it is told to stop or something breaks, closes. Poll thread only.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its token sources and signals have no timer and no wait handle that would have to be freed.")]
internal sealed class StreamSession
{
    private const int ConnectAttempts = 5;
    private readonly StreamContext _context;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly RecordConsumer _records;
    private readonly BrokerQueries _broker;
    private readonly Assignments _assignments;
    private readonly FlowControl _flow;
    private readonly FaultDesk _faults;
    private readonly CancellationTokenSource _closing = new();
    private readonly CountdownEvent _asked = new(1);
    private volatile bool _isAbandoned;
    private Task _watch = Task.CompletedTask;
    private TopicCensus _found = new([], new Dictionary<string, string>());
    private PartitionLane? _last;

    /// <exception cref="StreamConfigurationException">librdkafka refuses a property.</exception>
    public StreamSession(StreamContext context, Dictionary<string, string> properties)
    {
        _context = context;
        _faults = new FaultDesk(context);

        // The handlers run within Consume and Close only, when all fields are set.
        _consumer = ClientProperties.Guard(properties, () => new ConsumerBuilder<byte[], byte[]>(properties)
            .SetLogHandler((_, message) => context.Log.Librdkafka(context.Settings.Id, message.Facility, message.Message))
            .SetErrorHandler((_, error) => _faults.Take(error))
            .SetPartitionsAssignedHandler((consumer, partitions) => _assignments!.Assigned(consumer, partitions))
            .SetPartitionsRevokedHandler((consumer, partitions) => Let(() => _assignments!.Revoked(consumer, partitions)))
            .SetPartitionsLostHandler((consumer, partitions) => Let(() => _assignments!.Lost(consumer, partitions)))
            .Build());
        _records = new RecordConsumer(_consumer, ClientHandle.Of(_consumer));
        var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        _broker = new BrokerQueries(admin, context.Settings, context.Patterns);
        _assignments = new Assignments(context, new ClaimFacts(context, _broker, _closing.Token));
        _flow = new FlowControl(context, _consumer);
    }

    /// <summary>How long it was connected; zero when it never was.</summary>
    public TimeSpan Connected => _faults.ConnectedSince is { } since ? _context.Time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Safe on any thread.</summary>
    /// <exception cref="StreamUnavailableException">Not connected, or the broker does not say.</exception>
    public async Task<IReadOnlyDictionary<PartitionRef, long>> ResolveAsync(StartPosition position, IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct)
    {
        // The connection must not go away under the question: closing waits for it.
        if (_faults.ConnectedSince is null || _faults.Unreachable is not null || !_asked.TryAddCount())
        {
            throw new StreamUnavailableException($"{_context.Settings.Id} is not connected ({_context.Board.State})");
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, ct);
            return await new OffsetLookup(_context, _broker).ResolveAsync(position, partitions, either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new StreamUnavailableException($"{_context.Settings.Id} lost its connection", e);
        }
        finally
        {
            _asked.Signal();
        }
    }

    /// <returns>Why it ended; null when it was told to stop.</returns>
    public KafkaFault? Run(CancellationToken stop)
    {
        try
        {
            return Connect(stop) ?? Prepare(stop) ?? Poll(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            _context.Log.SessionBroke(e, _context.Settings.Id);
            return new KafkaFault(FaultKind.Broken, Reasons.Of(e));
        }
    }

    /// <summary>Ends what is in flight (until <see cref="StreamContext.Hurry"/>), leaves the group, disposes. Never throws.</summary>
    public void Close(TimeSpan patience)
    {
        try
        {
            _closing.Cancel();
            var lanes = _context.Lanes.Values.ToList();
            _assignments.EndAll(lanes, patience, abort: false);
            lanes.ForEach(lane => Assignments.Store(_consumer, lane));
            _watch.Wait();
            _asked.Signal();
            _asked.Wait();
            _broker.Dispose();
        }
        catch (Exception e)
        {
            _context.Log.CloseFailed(e, _context.Settings.Id);
        }

        if (_faults.Unreachable is null)
        {
            Leave();
            return;
        }

        // Leaving waits for the group's answer, as long as the session time-out; where nobody can answer, nobody waits for that. Without leaving first, freeing the consumer
        // would take the same time and a whole core, where an offset is not committed yet (librdkafka 2.16).
        _isAbandoned = true;
        new Thread(Leave) { IsBackground = true, Name = $"kafka {_context.Settings.Id} leaving" }.Start();
    }

    private void Leave()
    {
        try
        {
            _consumer.Close();
        }
        catch (Exception e)
        {
            _context.Log.CloseFailed(e, _context.Settings.Id);
        }
        finally
        {
            _consumer.Dispose();
        }
    }

    /// <summary>What an abandoned consumer gives back may be another's already.</summary>
    private void Let(Action action)
    {
        if (!_isAbandoned)
        {
            action();
        }
    }

    private KafkaFault? Connect(CancellationToken stop)
    {
        for (var attempt = 1; !stop.IsCancellationRequested; attempt++)
        {
            var topics = _broker.ReadTopicsAsync();
            WaitFor(topics);
            if (_faults.End is { } end)
            {
                return end;
            }

            if (topics.IsCompletedSuccessfully)
            {
                TopicWatch.Show(_context.Board, topics.Result);
                _found = topics.Result;
                return null;
            }

            // A slow handshake is no fault; several attempts without an answer are one, even where librdkafka is silent.
            if (_faults.Unreachable is not null || attempt == ConnectAttempts)
            {
                return _faults.Unreachable ?? _faults.MarkUnreachable();
            }
        }

        return null;
    }

    /// <summary>The sink stores its start offsets. Its faults are ours: tried again for as long as it takes.</summary>
    private KafkaFault? Prepare(CancellationToken stop)
    {
        var backoff = BackoffSchedule.ForSink();
        while (!_context.IsPrepared && !stop.IsCancellationRequested)
        {
            var resolver = new StartResolver(_context, _broker);
            var prepared = Task.Run(
                async () => await _context.Sink.PrepareAsync(_found.Partitions, resolver, await _broker.ClusterIdAsync(stop), stop), stop);
            WaitFor(prepared);
            if (prepared.IsCompletedSuccessfully)
            {
                foreach (var partition in resolver.Unresolved)
                {
                    _context.Unprepared[partition] = true;
                }

                _context.IsPrepared = true;
            }
            else if (_faults.End is { } end)
            {
                return end;
            }
            else if (!stop.IsCancellationRequested)
            {
                var reason = Reasons.Of(prepared.Exception?.GetBaseException() ?? new TimeoutException());
                _context.Board.State = $"waiting: the start offsets cannot be stored ({reason})";
                _context.Log.PrepareFailed(prepared.Exception, _context.Settings.Id);
                WaitFor(Task.Delay(backoff.Next(), _context.Time, stop));
            }
        }

        return null;
    }

    private KafkaFault? Poll(CancellationToken stop)
    {
        _consumer.Subscribe(_context.Patterns.Subscription);
        _faults.MarkConnected();
        _context.Log.StreamConnected(_context.Settings.Id, _found.Topics.Count, _found.Partitions.Count);
        _watch = Task.Run(() => new TopicWatch(_context, _broker, () => _faults.Unreachable is not null, _faults.MarkReachable).RunAsync(_closing.Token), CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            _flow.Serve();
            _assignments.PauseUnread(_consumer);
            _assignments.Serve(_consumer);
            Take(_flow.IsHolding ? 10 : 100);
            if ((_faults.End ?? _flow.Silence) is { } end)
            {
                return end;
            }
        }

        return null;
    }

    private void Take(int milliseconds)
    {
        try
        {
            if (!_records.TryPoll(0, out var polled))
            {
                _last?.Announce();
                _flow.RanDry();
                if (!_records.TryPoll(milliseconds, out polled))
                {
                    return;
                }
            }

            if (LaneOf(polled) is not { } lane)
            {
                return;
            }

            if (polled.Record is { } record)
            {
                if (lane.Doubts(record))
                {
                    Assignments.Reposition(_consumer, lane, lane.Position);
                    return;
                }

                lane.Add(record);
                _flow.Hold(lane);
                _context.Silence.Came();
                _faults.MarkReachable();
            }
            else
            {
                lane.ReachEnd(polled.Offset);
            }
        }
        catch (ConsumeException e)
        {
            var partition = e.ConsumerRecord?.TopicPartition;
            _faults.Take(e.Error, partition is { Topic: not null } ? Assignments.Ref(partition) : null);
        }
    }

    /// <summary>What comes mostly is of the same partition as what came before.</summary>
    private PartitionLane? LaneOf(Polled polled)
    {
        if (_last is null || !_last.IsReading || _last.Partition.Partition != polled.Partition || _last.Partition.Topic != polled.Topic)
        {
            _last?.Announce();
            _context.Lanes.TryGetValue(new PartitionRef(polled.Topic, polled.Partition), out _last);
        }

        return _last;
    }

    /// <summary>Serves librdkafka's events before there is a subscription.</summary>
    private void Drain()
    {
        try
        {
            _consumer.Consume(50);
        }
        catch (ConsumeException e)
        {
            _faults.Take(e.Error);
        }
    }

    private void WaitFor(Task task)
    {
        while (!task.IsCompleted)
        {
            Drain();
        }
    }
}
