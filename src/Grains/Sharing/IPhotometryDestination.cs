using System.Collections.Immutable;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>What the outbox needs a destination to be able to do. Safe to call from several threads.</summary>
public interface IPhotometryDestination
{
    DestinationOptions Options { get; }

    /// <summary>Whether files can be shared to it.</summary>
    bool TakesFiles => false;

    /// <summary>Whether targets can be shared to it without any data.</summary>
    bool TakesTargets => false;

    /// <summary>
    /// Says why this share could never be sent, whatever its points are: an illegal topic, a blank title. Null when nothing speaks against it. Asks nobody.
    /// </summary>
    string? Refuse(ShareContent content);

    /// <summary>Makes the exact bytes to be sent, split as the destination needs it. Pure: asks nobody, the same content gives the same bytes but for the keys.</summary>
    /// <param name="content">What is shared.</param>
    /// <param name="newKey">Draws the key of the next part.</param>
    SubmissionPlan Build(ShareContent content, Func<Guid> newKey);

    /// <summary>What is sent for these bytes, for people.</summary>
    string Describe(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    /// <summary>
    /// Sends the bytes once, and ends within <see cref="DestinationOptions.SendTimeout"/> whatever the destination does. Faults of the destination or of the way to it are outcomes,
    /// never exceptions.
    /// </summary>
    Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body);

    /// <summary>Topics this account may write to, as the destination says; empty where it does not know or does not answer. Never throws.</summary>
    Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks for a submission that was sent and not answered for certain, wherever it would have left a trace. Ends within <see cref="DestinationOptions.SendTimeout"/>; never throws.
    /// </summary>
    Task<LookUp> FindAsync(SubmissionInDoubt submission) => Task.FromResult<LookUp>(new LookUp.Never("there is nobody to ask whether it arrived"));

    /// <summary>
    /// Asks, without sending anything, whether the destination answers at all: null when it does, else why not. What keeps failing is asked so before anything is sent to it again.
    /// Never throws. Where nothing can be asked: null, and the next submission will tell.
    /// </summary>
    Task<string?> ProbeAsync() => Task.FromResult<string?>(null);

    /// <summary>Whether a machine may send these bytes once more, after it was shown that they did not arrive.</summary>
    bool MayRepeat(ReadOnlyMemory<byte> body) => true;

    /// <summary>The name under which the destination publishes for our account; null while it is not known. Never throws.</summary>
    Task<string?> GetSenderAsync() => Task.FromResult<string?>(null);

    /// <summary>The receipt of a message that was seen to be published before the destination's own answer was noted.</summary>
    /// <param name="messageId">Its id.</param>
    /// <param name="place">Where it stands.</param>
    string ReceiptOf(Guid messageId, MessageLocation place) => messageId.ToString("D");

    /// <summary>Why the destination cannot be told that something is withdrawn, and who can be, as a sentence; null where <see cref="RetractAsync"/> tells it.</summary>
    string? KnowsNoWithdrawal =>
        $"{Options.Name} takes no withdrawal: its people must be told, who can take the data out there, or mark them as retracted where it is a TomOrleans (tom photometry retract).";

    /// <summary>Says that what has this receipt is withdrawn; null when the destination took it, else its words. Throws <see cref="TomException"/> when it does not answer.</summary>
    Task<string?> RetractAsync(string receipt) => throw new TomException(TomFault.Invalid, KnowsNoWithdrawal ?? "");

    /// <summary>
    /// Messages on these topics, not older than that, which its archive marks as withdrawn; empty where the destination has no archive. Throws <see cref="TomException"/> when it does not answer.
    /// </summary>
    Task<IReadOnlyList<RetractedMessage>> GetRetractedAsync(IReadOnlyList<string> topics, DateTimeOffset from) => Task.FromResult<IReadOnlyList<RetractedMessage>>([]);

    /// <summary>Asks the destination whether it would take these bytes, and publishes nothing: null when it would, else its words. Throws <see cref="TomException"/> when it does not answer.</summary>
    Task<string?> ValidateAsync(ReadOnlyMemory<byte> body) =>
        throw new TomException(TomFault.Invalid, $"{Options.Name} cannot be asked without sending: --dry-run shows what would be sent, checked here.");

    /// <summary>Fills in the destination's own form and answers its address. Throws <see cref="TomException"/>.</summary>
    Task<Uri> OpenAsync(ReadOnlyMemory<byte> body) => throw new TomException(TomFault.Invalid, $"{Options.Name} has no form that could be filled in: share without --open.");

    /// <summary>
    /// Makes a submission of somebody's own message, or throws <see cref="TomException"/> with what is wrong and where. Pure but for the key.
    /// </summary>
    OwnSubmission BuildOwn(OwnMessage message, Func<Guid> newKey) => throw new TomException(TomFault.Invalid, $"{Options.Name} takes no messages of one's own.");
}

/// <summary>Somebody's own message as it is sent.</summary>
/// <param name="Topic">Where it goes.</param>
/// <param name="Title">For the list of shares.</param>
/// <param name="Targets">Names it speaks of, for the list of shares.</param>
/// <param name="Points">Measurements in it.</param>
/// <param name="Part">Key and bytes; no points of ours.</param>
public sealed record OwnSubmission(string? Topic, string Title, ImmutableArray<string> Targets, int Points, SubmissionPart Part)
{
    /// <summary>For lists.</summary>
    public string TargetsText => Targets.Length switch
    {
        0 => "-",
        1 => Targets[0],
        _ => $"{Targets[0]} and {Targets.Length - 1} more",
    };
}
