using Microsoft.Extensions.Logging;
using TomOrleans.Alerts;
using TomOrleans.Grains.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>
/// Knows messages of ours when they come back on a topic that we read. The first message with a submission's key is ours: before it was published nobody else knew the key. A later one with
/// the same key and another id is somebody's copy, and no business of the outbox; nor is one that was not published under the name of our account, where that name is known.
/// </summary>
public sealed partial class OwnSubmissions(OutboxTable outbox, DestinationCatalog catalog, SharingInstruments instruments, EventQueue events, ILogger<OwnSubmissions> log)
{
    /// <summary>
    /// True for a message that a submission of this TOM became; by then it is durable that the submission is delivered, with the message's id as receipt. Waits for the database alone,
    /// never for a destination. Safe to repeat. Throws when the database does not answer.
    /// </summary>
    /// <param name="key">The key the message carries.</param>
    /// <param name="messageId">The hop <c>_id</c>; what Hermes published has one.</param>
    /// <param name="sender">The authenticated sender.</param>
    /// <param name="place">Where the message stands.</param>
    public async Task<bool> RecogniseAsync(Guid key, Guid? messageId, string? sender, MessageLocation place)
    {
        if (messageId is not { } id || await outbox.FindByKeyAsync(key) is not { } known)
        {
            return false;
        }

        if (!await IsOurSenderAsync(known.Share.Destination, sender))
        {
            LogForeign(id, sender is null ? "nobody" : OneLine.Of(sender), key);
            return false;
        }

        var receipt = catalog.Find(known.Share.Destination)?.ReceiptOf(id, place) ?? id.ToString("D");
        if (known.Submission.State != (int)ShareState.Delivered && await outbox.ConfirmAsync(key, receipt))
        {
            LogConfirmed(key, known.Share.Id, known.Share.Destination, id);
            instruments.OnConfirmed(known.Share.Destination);
            events.ShareEnded(known.Share.Id, known.Share.Destination, ShareState.Delivered, receipt);
            return true;
        }

        var delivered = (await outbox.FindByKeyAsync(key))?.Submission.Receipt;
        if (IsReceiptOf(delivered, id))
        {
            return true;
        }

        LogCopy(id, sender is null ? "nobody" : OneLine.Of(sender), key, delivered);
        return false;
    }

    /// <summary>Whether <see cref="RecogniseAsync"/> would know the message. Changes nothing.</summary>
    public async Task<bool> IsOwnAsync(Guid key, Guid messageId, string? sender) =>
        await outbox.FindByKeyAsync(key) is { } known
        && (known.Submission.State != (int)ShareState.Delivered || IsReceiptOf(known.Submission.Receipt, messageId))
        && await IsOurSenderAsync(known.Share.Destination, sender);

    /// <summary>Hermes' receipt is the id alone; that of a broker says before it where the message is.</summary>
    private static bool IsReceiptOf(string? receipt, Guid id) => receipt?.EndsWith(id.ToString("D"), StringComparison.Ordinal) == true;

    /// <summary>A destination that never told us our name cannot be held to it: then the key must do, which nobody else knew before the message was published.</summary>
    private async Task<bool> IsOurSenderAsync(string destination, string? sender) => OwnSender.Is(await outbox.SendersAsync(destination), sender);

    [LoggerMessage(Level = LogLevel.Information, Message = "Submission {Submission} of share {Share} to {Destination} is delivered: message {MessageId} came back on its topic")]
    private partial void LogConfirmed(Guid submission, long share, string destination, Guid messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of {Sender} carries the key of our submission {Submission}, which became message {Receipt}: taken for a message of others")]
    private partial void LogCopy(Guid messageId, string sender, Guid submission, string? receipt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} carries the key of our submission {Submission}, but {Sender} published it: taken for a message of others")]
    private partial void LogForeign(Guid messageId, string sender, Guid submission);
}
