namespace TomOrleans.Storage.Cursors;

/// <summary>
/// A handler that was registered for a topic (a name or pattern of the configuration). From then on partitions that turn up without a cursor are new, and start from their
/// beginning.
/// </summary>
public sealed record HandlerBinding(string Stream, string TopicKey, string Handler);
