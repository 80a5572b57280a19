using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Sharing;

/// <summary>
/// Serialises what goes to one destination: one submission at a time, durable before it is sent, retried with back-off over restarts. Key: the destination's name.
/// Nothing ever waits for the destination: a share is durable when it is queued, and sending goes on behind it. What has to ask the destination lets all other calls pass meanwhile.
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
    [Alias("preview"), AllowRole(TomRole.Sharer), AlwaysInterleave]
    Task<SharePreview> PreviewAsync(ShareRequest request);

    /// <summary>
    /// Queues a message of one's own, in the destination's own form, byte for byte but for our submission key, which is added. Checked as the destination would: durable when it returns,
    /// nothing sent yet. Throws <see cref="TomException"/>: <see cref="TomFault.Invalid"/> with the places of what is wrong.
    /// </summary>
    [Alias("share-message"), AllowRole(TomRole.Sharer)]
    Task<Share> ShareMessageAsync(OwnMessage message);

    /// <summary>What <see cref="ShareMessageAsync"/> would send. Changes nothing.</summary>
    [Alias("preview-message"), AllowRole(TomRole.Sharer), AlwaysInterleave]
    Task<SharePreview> PreviewMessageAsync(OwnMessage message);

    /// <summary>
    /// Asks the destination whether it would take what <see cref="ShareAsync"/> would send. Nothing is published. Throws <see cref="TomException"/>: <see cref="TomFault.Invalid"/> where the destination
    /// cannot be asked, <see cref="TomFault.Unavailable"/> when it does not answer.
    /// </summary>
    [Alias("validate"), AllowRole(TomRole.Sharer), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<ShareVerdict> ValidateAsync(ShareRequest request);

    /// <summary>The same of a message of one's own, which our own check has to pass first.</summary>
    [Alias("validate-message"), AllowRole(TomRole.Sharer), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<ShareVerdict> ValidateMessageAsync(OwnMessage message);

    /// <summary>
    /// Fills the destination's own form with what <see cref="ShareAsync"/> would send, for a person to go on with there; the link ends after some minutes. Nothing is published.
    /// Throws <see cref="TomException"/>: <see cref="TomFault.Invalid"/> where the destination has no such form, <see cref="TomFault.Unavailable"/> when it does not answer.
    /// </summary>
    [Alias("open"), AllowRole(TomRole.Sharer), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<OpenedForm> OpenAsync(ShareRequest request);

    /// <summary>
    /// Queues again what was rejected of a share, and looks once more for what is unconfirmed; with <paramref name="anyway"/> that is sent again too, which may make it appear twice.
    /// Durable when it returns. Throws <see cref="TomException"/>: <see cref="TomFault.NotFound"/>, or <see cref="TomFault.Conflict"/> when the share is neither.
    /// </summary>
    [Alias("retry"), AllowRole(TomRole.Sharer)]
    Task<Share> RetryAsync(long id, bool anyway);

    /// <summary>
    /// Takes a share back that waits. What is being sent, or was sent and left no certain answer, cannot be taken back: <see cref="TomException"/> (<see cref="TomFault.Conflict"/>).
    /// Durable when it returns.
    /// </summary>
    [Alias("cancel"), AllowRole(TomRole.Sharer)]
    Task<Share> CancelAsync(long id);

    /// <summary>
    /// Tells the destination that what was delivered of a share is withdrawn, and marks its points here as retracted unless they are to be kept; where the destination knows no withdrawal they are
    /// marked all the same, and the answer says who must be told. Safe to repeat. Throws <see cref="TomException"/>: <see cref="TomFault.Conflict"/> when nothing of it is delivered,
    /// <see cref="TomFault.Invalid"/> where the destination refuses, or knows no withdrawal and the points are to be kept, <see cref="TomFault.Unavailable"/> when it does not answer.
    /// </summary>
    [Alias("retract"), AllowRole(TomRole.Sharer), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<RetractedShare> RetractAsync(long id, bool keepPoints);

    /// <summary>Sends nothing to this destination until <see cref="ResumeAsync"/>; shares go on being queued. Durable when it returns. Safe to repeat.</summary>
    [Alias("pause"), AllowRole(TomRole.Operator)]
    Task PauseAsync();

    /// <summary>Ends <see cref="PauseAsync"/>, and any pause the destination made of itself: what is due is tried at once.</summary>
    [Alias("resume"), AllowRole(TomRole.Operator)]
    Task ResumeAsync();

    /// <summary>Topics that our account may write to, as the destination says; empty where it does not know. Kept for an hour.</summary>
    [Alias("writable-topics"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<ImmutableArray<string>> GetWritableTopicsAsync();

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

    /// <summary>A share with every try. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) for an unknown id.</summary>
    [Alias("detail"), AllowRole(TomRole.Reader)]
    Task<ShareDetail> GetDetailAsync(long id);

    /// <summary>What is sent for a part (from 0), byte for byte. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) while it was not built.</summary>
    [Alias("body"), AllowRole(TomRole.Reader)]
    Task<string> GetBodyAsync(long id, int part);
}
