using System.Collections.Immutable;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>Hermes as a destination.</summary>
internal sealed class HermesDestination(DestinationOptions options, TimeProvider time) : IPhotometryDestination, IDisposable
{
    private readonly HermesClient _client = new(options, time);

    public DestinationOptions Options => options;

    public string? Refuse(ShareContent content) => HermesMessage.Refuse(content);

    public SubmissionPlan Build(ShareContent content, Func<Guid> newKey) => HermesMessage.Build(content, newKey);

    public async Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body)
    {
        var outcome = await _client.SubmitAsync(body);
        if (outcome is not SendOutcome.Refused { Words: var words } || !words.Contains("TOPIC_AUTHORIZATION_FAILED", StringComparison.Ordinal))
        {
            return outcome;
        }

        var writable = await _client.GetWritableTopicsAsync(CancellationToken.None);
        return writable.IsEmpty ? outcome : new SendOutcome.Refused($"{words}. This account may write to: {string.Join(", ", writable)}");
    }

    public Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken) => _client.GetWritableTopicsAsync(cancellationToken);

    public void Dispose() => _client.Dispose();
}
