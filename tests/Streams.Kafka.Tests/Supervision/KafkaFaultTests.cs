using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka.Tests.Supervision;

public sealed class KafkaFaultTests
{
    [Theory]
    [InlineData(ErrorCode.Local_AllBrokersDown, nameof(FaultKind.AllUnreachable))]
    [InlineData(ErrorCode.Local_Transport, nameof(FaultKind.Unreachable))]
    [InlineData(ErrorCode.Local_Resolve, nameof(FaultKind.Unreachable))]
    [InlineData(ErrorCode.Local_Authentication, nameof(FaultKind.Refused))]
    [InlineData(ErrorCode.Local_Ssl, nameof(FaultKind.Refused))]
    [InlineData(ErrorCode.SaslAuthenticationFailed, nameof(FaultKind.Refused))]
    [InlineData(ErrorCode.GroupAuthorizationFailed, nameof(FaultKind.Refused))]
    [InlineData(ErrorCode.TopicAuthorizationFailed, nameof(FaultKind.Topic))]
    [InlineData(ErrorCode.UnknownTopicOrPart, nameof(FaultKind.Topic))]
    [InlineData(ErrorCode.Local_AutoOffsetReset, nameof(FaultKind.OffsetOutOfRange))]
    [InlineData(ErrorCode.Local_Fatal, nameof(FaultKind.Broken))]
    [InlineData(ErrorCode.Local_MaxPollExceeded, nameof(FaultKind.Passing))]
    [InlineData(ErrorCode.RebalanceInProgress, nameof(FaultKind.Passing))]
    public void Every_error_has_its_meaning(ErrorCode code, string kind) =>
        Assert.Equal(kind, KafkaFault.From(new Error(code, "words")).Kind.ToString());

    [Theory]
    [InlineData("{\"error\":\"invalid_client\"}", nameof(FaultKind.Refused))]
    [InlineData("SSL certificate OpenSSL verify result: unable to get local issuer certificate (20)", nameof(FaultKind.Refused))]
    [InlineData("Failed to connect to 127.0.0.1:35239 after 0 ms: Could not connect to server", nameof(FaultKind.NoToken))]
    [InlineData("Could not resolve host: auth.gcn.nasa.gov", nameof(FaultKind.NoToken))]
    public void A_token_server_that_is_away_is_no_refusal(string words, string kind)
    {
        var fault = KafkaFault.From(new Error(ErrorCode.Local_Authentication, $"Failed to acquire SASL OAUTHBEARER token: {words}"));
        Assert.Equal((kind, $"no token: {words}"), (fault.Kind.ToString(), fault.Reason));
    }

    [Fact]
    public void An_error_that_librdkafka_calls_fatal_breaks_the_consumer() =>
        Assert.Equal(FaultKind.Broken, KafkaFault.From(new Error(ErrorCode.Local_Outdated, "words", isFatal: true)).Kind);

    [Theory]
    [InlineData("127.0.0.1:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state CONNECT)", "Connection refused")]
    [InlineData("sasl_ssl://kafka.scimma.org:9092/bootstrap: Failed to resolve 'kafka.scimma.org:9092': Name or service not known (after 12ms in state CONNECT, 3 identical error(s) suppressed)",
        "Failed to resolve 'kafka.scimma.org:9092': Name or service not known")]
    [InlineData("ssl://host:9093/1: SSL handshake failed: certificate verify failed (after 5ms in state SSL_HANDSHAKE)", "SSL handshake failed: certificate verify failed")]
    [InlineData("two\r\nlines\u001b[2J", "two lines [2J")]
    [InlineData("FindCoordinator response error: Group authorization failed", "FindCoordinator response error: Group authorization failed")]
    public void Reasons_are_readable(string librdkafka, string reason) => Assert.Equal(reason, KafkaFault.Clean(librdkafka));
}
