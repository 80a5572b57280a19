namespace TomOrleans.Alerts;

/// <summary>
/// What is done with the alerts of a topic. One grain a handler and partition, in the silo that owns the partition; key <see cref="HandlerKey"/>.
/// Called by the partition's worker only, one batch at a time.
/// </summary>
[Alias("tom.alert-handler")]
public interface IAlertHandler : IGrainWithStringKey
{
    /// <summary>
    /// Handles the alerts in order. When it returns, the effects of every alert judged <see cref="Fate.Handled"/> are durable. Repeating a batch is safe
    /// where the handler's effects are ours (points, outbox); a handler with effects outside says so in its documentation.
    /// A handler that takes long delays only itself: after a moment the topic's other handlers go on without it, after its HANDLER_TIMEOUT it is shown as failing, and it is given
    /// nothing more until it answers.
    /// An alert's own fault is a verdict (<see cref="Fate.Parked"/>), never an exception: an exception means that something of ours failed, and the whole batch is
    /// tried again.
    /// </summary>
    [Alias("handle"), ResponseTimeout("1.00:00:00")]
    Task<HandlerOutcome> HandleAsync(AlertBatch batch);
}
