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

    /// <summary>The server that issues tokens does not answer, or not usefully.</summary>
    NoToken,

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
    private const string TokenFailed = "Failed to acquire SASL OAUTHBEARER token: ";

    /// <summary>A broker's certificate is not accepted; librdkafka does not say why.</summary>
    public bool IsOfCertificate { get; private init; }

    public static KafkaFault From(Error error) => new(Classify(error), Clean(error.Reason))
    {
        IsOfCertificate = error.Code == ErrorCode.Local_Ssl && error.Reason.Contains("certificate verify failed", StringComparison.Ordinal),
    };

    /// <summary>
    /// What is final at a first connection and need not be later: a broker that goes down can end a handshake in the middle, and a token server may be away, or say anything, while
    /// the old token is still good.
    /// </summary>
    public static bool MayPass(Error error) => error.Code == ErrorCode.Local_Ssl || IsOfToken(error);

    /// <summary>librdkafka's text without what only its makers understand: <c>sasl_ssl://host:9092/bootstrap: Connect to ipv4#1.2.3.4:9092 failed: Connection refused (after 1ms in state CONNECT)</c>.</summary>
    public static string Clean(string reason)
    {
        var text = Suppressed().Replace(State().Replace(reason, ""), "");
        text = Origin().Replace(text, "");
        text = Connect().Replace(text, "");
        text = text.Replace(TokenFailed, "no token: ", StringComparison.Ordinal);
        return OneLine(text);
    }

    /// <summary>Words of somebody else's, fit for a line of a log.</summary>
    public static string OneLine(string text) => Control().Replace(text, " ").Trim();

    private static FaultKind Classify(Error error) => error.Code switch
    {
        ErrorCode.Local_AllBrokersDown => FaultKind.AllUnreachable,
        ErrorCode.Local_Transport or ErrorCode.Local_Resolve or ErrorCode.Local_TimedOut or ErrorCode.NetworkException
            or ErrorCode.BrokerNotAvailable or ErrorCode.Local_TimedOutQueue => FaultKind.Unreachable,
        ErrorCode.Local_Authentication when IsOfToken(error) && !RefusesToken().IsMatch(error.Reason) => FaultKind.NoToken,
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

    private static bool IsOfToken(Error error) =>
        error.Code == ErrorCode.Local_Authentication && error.Reason.Contains(TokenFailed, StringComparison.Ordinal);

    /// <summary>The errors of RFC 6749 5.2 that another try does not mend, other answers below 500, certificates, and replies that are no tokens.</summary>
    [GeneratedRegex("invalid_|unauthorized_|unsupported_|HTTP error 4|certificate|JWT|access_token", RegexOptions.IgnoreCase)]
    private static partial Regex RefusesToken();

    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}]+")]
    private static partial Regex Control();

    [GeneratedRegex(@" ?\(after \d+ms in state [A-Z_]+\)")]
    private static partial Regex State();

    [GeneratedRegex(@" ?\([^()]*identical error\(s\) suppressed\)")]
    private static partial Regex Suppressed();

    [GeneratedRegex(@"^(GroupCoordinator: [^ ]+: |([a-z_]+://)?[^ ]+/(bootstrap|\d+): )")]
    private static partial Regex Origin();

    [GeneratedRegex(@"^Connect to [^ ]+ failed: ")]
    private static partial Regex Connect();
}
