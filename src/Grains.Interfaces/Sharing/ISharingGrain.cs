using TomOrleans.Security;

namespace TomOrleans.Sharing;

/// <summary>
/// Serialises what goes to one destination: one submission at a time, durable before it is sent, retried with back-off over restarts. Key: the destination's name.
/// Nothing ever waits for the destination here : a share is durable when it is queued, and sending goes on behind it.
/// </summary>
[Alias("tom.sharing")]
public interface ISharingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Queues a share. When it returns the share is durable in the outbox; nothing has been sent yet. Not safe to repeat blindly: each call is a share of its own.
    /// Throws <see cref="TomException"/>: <see cref="TomFault.NotFound"/> for an unknown target or destination, <see cref="TomFault.Invalid"/> where there is nothing to share or the
    /// topic is no legal name.
    /// </summary>
    [Alias("share"), AllowRole(TomRole.Sharer)]
    Task<Share> ShareAsync(ShareRequest request);

    /// <summary>What <see cref="ShareAsync"/> would send. Changes nothing.</summary>
    [Alias("preview"), AllowRole(TomRole.Sharer)]
    Task<SharePreview> PreviewAsync(ShareRequest request);

    /// <summary>Starts sending what is due, if it is not being sent already. Returns at once. Safe to repeat.</summary>
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>
    /// A message of ours was seen on the topic it was sent to: the submission is delivered, with the message's id as receipt, whatever the destination answered or failed to answer. Durable
    /// when it returns. Safe to repeat; a key that is not of this destination changes nothing.
    /// </summary>
    [Alias("confirm")]
    Task ConfirmAsync(Guid submissionKey, Guid messageId);
}

/// <summary>The outbox and its history, read from their tables. Stateless; key 0.</summary>
[Alias("tom.shares")]
public interface ISharesGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<SharePage> ListAsync(ShareQuery query);

    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) for an unknown id.</summary>
    [Alias("get"), AllowRole(TomRole.Reader)]
    Task<Share> GetAsync(long id);
}
