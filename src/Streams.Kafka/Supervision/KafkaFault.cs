using System.Text.RegularExpressions;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Supervision;

internal enum FaultKind
{
    /// <summary>Worth a log line; librdkafka mends it itself.</summary>
    Passing,

    /// <summary>A broker does not answer.</summary>
    Unreachable,

    /// <summary>No broker answers.</summary>
    AllUnreachable,

    /// <summary>The cluster says no: credentials, certificates, rights of the group.</summary>
    Refused,

    /// <summary>One topic is absent or forbidden; the others are undisturbed.</summary>
    Topic,

    /// <summary>A partition has no such offset and has stopped being fetched.</summary>
    OffsetOutOfRange,

    /// <summary>The consumer is broken and must be built anew.</summary>
    Broken,
}

/// <summary>What a Kafka error means to a stream.</summary>
internal sealed partial record KafkaFault(FaultKind Kind, string Reason)
{
    public static KafkaFault From(Error error) => new(Classify(error), Clean(error.Reason));

    /// <summary>librdkafka's text without what only its makers understand: <c>sasl_ssl://host:9092/bootstrap: Connect to ipv4#1.2.3.4:9092 failed: Connection refused (after 1ms in state CONNECT)</c>.</summary>
    public static string Clean(string reason)
    {
        var text = Suppressed().Replace(State().Replace(reason, ""), "");
        text = Origin().Replace(text, "");
        text = Connect().Replace(text, "");
        return text.Trim();
    }

    private static FaultKind Classify(Error error) => error.Code switch
    {
        ErrorCode.Local_AllBrokersDown => FaultKind.AllUnreachable,
        ErrorCode.Local_Transport or ErrorCode.Local_Resolve or ErrorCode.Local_TimedOut or ErrorCode.NetworkException
            or ErrorCode.BrokerNotAvailable or ErrorCode.Local_TimedOutQueue => FaultKind.Unreachable,
        ErrorCode.Local_Authentication or ErrorCode.Local_Ssl or ErrorCode.SaslAuthenticationFailed
            or ErrorCode.UnsupportedSaslMechanism or ErrorCode.IllegalSaslState or ErrorCode.GroupAuthorizationFailed
            or ErrorCode.ClusterAuthorizationFailed or ErrorCode.FencedInstanceId or ErrorCode.InvalidSessionTimeout
            or ErrorCode.InvalidGroupId or ErrorCode.InconsistentGroupProtocol => FaultKind.Refused,
        ErrorCode.TopicAuthorizationFailed or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic
            or ErrorCode.TopicException => FaultKind.Topic,
        ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange => FaultKind.OffsetOutOfRange,
        ErrorCode.Local_Fatal or ErrorCode.Local_CritSysResource => FaultKind.Broken,
        _ => error.IsFatal ? FaultKind.Broken : FaultKind.Passing,
    };

    [GeneratedRegex(@" ?\(after \d+ms in state [A-Z_]+\)")]
    private static partial Regex State();

    [GeneratedRegex(@" ?\([^()]*identical error\(s\) suppressed\)")]
    private static partial Regex Suppressed();

    [GeneratedRegex(@"^([a-z_]+://)?[^ ]+/(bootstrap|\d+): ")]
    private static partial Regex Origin();

    [GeneratedRegex(@"^Connect to [^ ]+ failed: ")]
    private static partial Regex Connect();
}
