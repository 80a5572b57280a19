using System.Collections.Immutable;

namespace TomOrleans.Grains.Sharing;

/// <summary>What the outbox needs a destination to be able to do. Safe to call from several threads.</summary>
public interface IPhotometryDestination
{
    DestinationOptions Options { get; }

    /// <summary>
    /// Says why this share could never be sent, whatever its points are: an illegal topic, a blank title. Null when nothing speaks against it. Asks nobody.
    /// </summary>
    string? Refuse(ShareContent content);

    /// <summary>Makes the exact bytes to be sent, split as the destination needs it. Pure: asks nobody, the same content gives the same bytes but for the keys.</summary>
    /// <param name="content">What is shared.</param>
    /// <param name="newKey">Draws the key of the next part.</param>
    SubmissionPlan Build(ShareContent content, Func<Guid> newKey);

    /// <summary>
    /// Sends the bytes once, and ends within <see cref="DestinationOptions.SendTimeout"/> whatever the destination does. Faults of the destination or of the way to it are outcomes,
    /// never exceptions.
    /// </summary>
    Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body);

    /// <summary>Topics this account may write to, as the destination says; empty where it does not know or does not answer. Never throws.</summary>
    Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken = default);
}
