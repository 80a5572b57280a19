using System.Collections.Immutable;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>Hermes as a destination.</summary>
internal sealed class HermesDestination(DestinationOptions options, TimeProvider time, ITopicSearch? topics) : IPhotometryDestination, IDisposable
{
    private readonly HermesClient _client = new(options, time);
    private readonly HermesLookUp _lookUp = new(options, time, topics);

    public DestinationOptions Options => options;

    public string? Refuse(ShareContent content) => HermesMessage.Refuse(content);

    public SubmissionPlan Build(ShareContent content, Func<Guid> newKey) => HermesMessage.Build(content, newKey);

    public async Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body)
    {
        var outcome = await _client.SubmitAsync(body);
        if (outcome is not SendOutcome.Refused { Words: var words } refused || !words.Contains("TOPIC_AUTHORIZATION_FAILED", StringComparison.Ordinal))
        {
            return outcome;
        }

        var writable = await _client.GetWritableTopicsAsync(CancellationToken.None);
        return writable.IsEmpty ? outcome : refused with { Words = $"{words}. This account may write to: {string.Join(", ", writable)}" };
    }

    public Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken) => _client.GetWritableTopicsAsync(cancellationToken);

    public Task<LookUp> FindAsync(SubmissionInDoubt submission) => _lookUp.FindAsync(_client, submission);

    public async Task<string?> ProbeAsync() => (await _client.GetProfileAsync()).Reason;

    public async Task<string?> GetSenderAsync() => (await _client.GetProfileAsync()).Profile?.CredentialName;

    public async Task<string?> RetractAsync(string receipt)
    {
        try
        {
            return await _client.RetractAsync(receipt);
        }
        catch (HermesSilentException fault)
        {
            throw new TomException(TomFault.Unavailable, $"{options.Name} did not answer the withdrawal of {receipt}: {fault.Message}. It may be asked again.", fault);
        }
    }

    public async Task<Uri> OpenAsync(ReadOnlyMemory<byte> body)
    {
        try
        {
            return await _client.PreloadAsync(body);
        }
        catch (HermesSilentException fault)
        {
            throw new TomException(TomFault.Unavailable, $"{options.Name} did not fill in its form: {fault.Message}", fault);
        }
    }

    public void Dispose() => _client.Dispose();
}
