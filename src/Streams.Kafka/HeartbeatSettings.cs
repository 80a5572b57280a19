namespace TomOrleans.Streams.Kafka;

/// <summary>A topic that has a message every second or so for as long as all is well: its silence says that the stream is not.</summary>
/// <param name="TopicKey">A name or pattern of <see cref="StreamSettings.Topics"/>.</param>
/// <param name="SilentAfter">Without a message for so long it is shown as <c>silent</c>.</param>
/// <param name="ReconnectAfter">Then the consumer is built anew; again after twice the time, and so on, once an hour at the least.</param>
/// <param name="FailingAfter">Then it is shown as <c>failing</c>.</param>
public sealed record HeartbeatSettings(string TopicKey, TimeSpan SilentAfter, TimeSpan ReconnectAfter, TimeSpan FailingAfter);
