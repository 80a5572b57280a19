namespace TomOrleans.Sandbox.Publishing;

/// <summary>Puts messages on a topic. <see cref="KafkaMessagePublisher"/> is the real one, <see cref="RecordingPublisher"/> keeps them in memory for tests.</summary>
public interface IMessagePublisher
{
    /// <summary>Completes when the broker has the message. Messages of one topic keep the order of the calls.</summary>
    /// <exception cref="PublishRefusedException">The broker refused it, or did not answer in time (then it may have it all the same).</exception>
    Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default);
}
