using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>Takes a session's Kafka errors: shows them, logs the first of a kind, and says when the session has to end.</summary>
internal sealed class FaultDesk(StreamContext context)
{
    private readonly Lock _gate = new();
    private string? _lastTransport;
    private KafkaFault? _unreachable;
    private long _unreachableSince;
    private KafkaFault? _end;

    /// <summary>Why the session has to end; null while it may go on.</summary>
    public KafkaFault? End
    {
        get
        {
            lock (_gate)
            {
                return _end ?? (_unreachable is not null && ConnectedSince is not null
                    && context.Time.GetElapsedTime(_unreachableSince) > context.Settings.UnreachablePatience ? _unreachable : null);
            }
        }
    }

    /// <summary>Set while no broker answers.</summary>
    public KafkaFault? Unreachable
    {
        get
        {
            lock (_gate)
            {
                return _unreachable;
            }
        }
    }

    /// <summary>When the subscription was made; null before.</summary>
    public long? ConnectedSince { get; private set; }

    public void Take(Error error, PartitionRef? partition = null)
    {
        var fault = KafkaFault.From(error);

        if (ConnectedSince is not null && KafkaFault.MayPass(error))
        {
            fault = fault with { Kind = FaultKind.Unreachable };
        }

        if (IsNews(fault, error) && context.Gate.Admit($"{error.Code}", out var held))
        {
            context.Log.KafkaFault(context.Settings.Id, error.Code.ToString(), fault.Reason, held);
        }

        switch (fault.Kind)
        {
            case FaultKind.Unreachable:
                _lastTransport = fault.Reason;
                break;
            case FaultKind.AllUnreachable:
                MarkUnreachable();
                break;
            case FaultKind.Refused or FaultKind.NoToken or FaultKind.Broken:
                lock (_gate)
                {
                    _end ??= fault;
                }

                break;
            case FaultKind.Topic when IsExpected(error):
                break;
            case FaultKind.Topic when partition is not null && !partition.Topic.StartsWith('^'):
                context.Board.SetProblem($"topic:{partition.Topic}", TopicCensus.Explain(partition.Topic, error));
                break;
            case FaultKind.OffsetOutOfRange when partition is not null:
                context.Post(new SessionEvent.OutOfRange(partition));
                break;
            default:
                break;
        }
    }

    public void MarkConnected()
    {
        ConnectedSince = context.Time.GetTimestamp();
        MarkReachable();
        context.Board.State = StreamBoard.Connected;
    }

    /// <summary>What ends the session, or keeps it from beginning, is told by whoever waits then, with the time until the next try.</summary>
    private bool IsNews(KafkaFault fault, Error error) => fault.Kind switch
    {
        FaultKind.Refused or FaultKind.NoToken or FaultKind.Broken => false,
        FaultKind.Unreachable or FaultKind.AllUnreachable => ConnectedSince is not null,
        _ => !IsExpected(error),
    };

    /// <summary>librdkafka says nothing while a token server that answers with errors is asked again and again, and goes to no broker without a token.</summary>
    private string Silent => context.Settings.Client.TryGetValue("sasl.oauthbearer.token.endpoint.url", out var url)
        ? $"no broker answers, or {(Uri.TryCreate(url, UriKind.Absolute, out var server) ? server.Authority : "the token server")} gives no token"
        : "no broker answers";

    private bool IsExpected(Error error) =>
        context.Settings.ExpectsAbsentTopics && error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic;

    /// <summary>Some broker answered.</summary>
    public void MarkReachable()
    {
        if (_unreachable is null)
        {
            return;
        }

        lock (_gate)
        {
            _unreachable = null;
        }

        if (ConnectedSince is not null)
        {
            context.Board.State = StreamBoard.Connected;
        }
    }

    /// <summary>No broker answers.</summary>
    public KafkaFault MarkUnreachable()
    {
        var hosts = context.Settings.Client.GetValueOrDefault("bootstrap.servers", "any broker");
        var fault = new KafkaFault(FaultKind.AllUnreachable, $"cannot reach {hosts} ({_lastTransport ?? Silent})");
        lock (_gate)
        {
            if (_unreachable is null)
            {
                _unreachableSince = context.Time.GetTimestamp();
            }

            _unreachable = fault;
            if (_end is not null)
            {
                return fault;
            }
        }

        context.Board.State = $"waiting: {fault.Reason}";
        return fault;
    }
}
