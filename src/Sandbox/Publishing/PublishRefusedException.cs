namespace TomOrleans.Sandbox.Publishing;

/// <summary>A message did not get onto the topic. <see cref="Code"/> is librdkafka's name of the reason, e.g. <c>TOPIC_AUTHORIZATION_FAILED</c>.</summary>
public sealed class PublishRefusedException(string code, string reason, Exception? inner = null)
    : Exception($"code={code} {reason}", inner)
{
    public string Code { get; } = code;

    public static PublishRefusedException NotWritable() =>
        new("TOPIC_AUTHORIZATION_FAILED", "Broker: Topic authorization failed");

    public static PublishRefusedException NotATopicName() =>
        new("TOPIC_EXCEPTION", "Broker: Invalid topic");
}
