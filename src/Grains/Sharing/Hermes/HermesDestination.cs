using System.Collections.Immutable;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.HermesRules;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>Hermes as a destination.</summary>
internal sealed class HermesDestination(DestinationOptions options, TimeProvider time, ITopicSearch? topics) : IPhotometryDestination, IDisposable
{
    private readonly HermesClient _client = new(options, time);
    private readonly HermesCheck _check = new(testTopicsOnly: options.BaseUrl.Host.Contains("-dev", StringComparison.Ordinal));
    private readonly HermesLookUp _lookUp = new(options, time, topics);

    public DestinationOptions Options => options;

    public string? Refuse(ShareContent content) => HermesMessage.Refuse(content);

    public SubmissionPlan Build(ShareContent content, Func<Guid> newKey) => HermesMessage.Build(content, newKey, options.DialectOf(content.Topic));

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

    /// <summary>Hermes hands a message on to TNS and GCN before it publishes: a second time would reach them twice.</summary>
    public bool MayRepeat(ReadOnlyMemory<byte> body) => !HermesOwnMessage.IsForwarded(body.Span);

    public OwnSubmission BuildOwn(OwnMessage message, Func<Guid> newKey)
    {
        var own = HermesOwnMessage.Make(message, _check, newKey);
        return options.UserTopics.IsEmpty || options.UserTopics.Contains(own.Topic!)
            ? own
            : throw new TomException(TomFault.Invalid, $"'{OneLine.Of(own.Topic!)}' is none of the USER_TOPICS of {options.Name}: {string.Join(", ", options.UserTopics)}.");
    }

    public async Task<string?> ProbeAsync() => (await _client.GetProfileAsync()).Reason;

    public async Task<string?> GetSenderAsync() => (await _client.GetProfileAsync()).Profile?.CredentialName;

    public string? KnowsNoWithdrawal => null;

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

    public async Task<IReadOnlyList<RetractedMessage>> GetRetractedAsync(IReadOnlyList<string> topics, DateTimeOffset from)
    {
        try
        {
            return await _client.GetRetractedAsync(topics, from);
        }
        catch (HermesSilentException fault)
        {
            throw new TomException(TomFault.Unavailable, fault.Message, fault);
        }
    }

    public async Task<string?> ValidateAsync(ReadOnlyMemory<byte> body)
    {
        try
        {
            return await _client.ValidateAsync(body);
        }
        catch (HermesSilentException fault)
        {
            throw new TomException(TomFault.Unavailable, $"{options.Name} did not say whether it would take it: {fault.Message}", fault);
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
