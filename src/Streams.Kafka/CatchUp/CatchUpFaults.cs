using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>What librdkafka's errors mean to a reader. Reader's thread only.</summary>
internal sealed class CatchUpFaults(StreamSettings settings, ILogger log, RepeatGate repeats)
{
    private string? _lastTransport;
    private volatile string? _outage;
    private bool _isNew;

    /// <summary>Why the consumer has to go; null while it may stay.</summary>
    public KafkaFault? End { get; private set; }

    /// <summary>The cluster answered at least once.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Set while no broker answers. Safe on any thread.</summary>
    public string? Outage => _outage;

    public void MarkAnswered()
    {
        HasAnswered = true;
        _outage = null;
    }

    /// <summary>Not null once for each time that librdkafka said so.</summary>
    public string? TakeNewOutage()
    {
        var outage = _isNew ? _outage : null;
        _isNew = false;
        return outage;
    }

    public FaultKind Take(Error error)
    {
        // librdkafka looks for the group's coordinator although a reader of this kind needs none.
        if (error.Code == ErrorCode.GroupAuthorizationFailed)
        {
            return FaultKind.Passing;
        }

        var fault = KafkaFault.From(error);
        if (HasAnswered && KafkaFault.MayPass(error))
        {
            fault = fault with { Kind = FaultKind.Unreachable };
        }

        if (fault.Kind != FaultKind.OffsetOutOfRange && repeats.Admit($"{error.Code}", out var held))
        {
            log.KafkaFault(settings.Id, error.Code.ToString(), fault.Reason, held);
        }

        switch (fault.Kind)
        {
            case FaultKind.Unreachable:
                _lastTransport = fault.Reason;
                break;
            case FaultKind.AllUnreachable:
                _outage = $"cannot reach {settings.Client.GetValueOrDefault("bootstrap.servers", "any broker")} ({_lastTransport ?? "no broker answers"})";
                _isNew = true;
                break;
            case FaultKind.Refused or FaultKind.NoToken or FaultKind.Broken:
                End ??= fault;
                break;
        }

        return fault.Kind;
    }
}
