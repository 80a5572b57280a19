using System.Collections.Immutable;
using System.Net.Http.Headers;
using TomOrleans.Grains.Sharing.Retractions;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>What Hermes offers, one method each. Faults of Hermes or of the way to it are answers, never exceptions, but where said.</summary>
internal sealed class HermesClient(DestinationOptions options, TimeProvider time) : IDisposable
{
    private const string SubmitPath = "api/v0/submit_message/";
    private const string ValidatePath = "api/v0/submit_message/validate/";
    private const string PreloadPath = "api/v0/submit_message/preload/";
    private const string ProfilePath = "api/v0/profile/";
    private static readonly TimeSpan ProfileTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProfileLifetime = TimeSpan.FromHours(1);

    private readonly HermesHttp _http = new(options, time);
    private (ImmutableArray<string> Topics, long Timestamp)? _writable;

    /// <inheritdoc cref="IPhotometryDestination.SendAsync"/>
    public async Task<SendOutcome> SubmitAsync(ReadOnlyMemory<byte> body)
    {
        using var content = new SubmissionContent(body);
        try
        {
            var reply = await _http.SendAsync(HttpMethod.Post, SubmitPath, content, options.SendTimeout);
            return HermesAnswer.Classify(reply.Status, reply.ContentType, reply.Body, reply.RetryAfter, body.Span) with { Answer = reply.Shown };
        }
        catch (HermesSilentException fault)
        {
            return content.HasStarted
                ? new SendOutcome.Ambiguous($"{fault.Message}: Hermes may or may not have published it")
                : new SendOutcome.Retry($"{options.BaseUrl.Authority} cannot be reached: {fault.Message}");
        }
    }

    /// <summary>Our account, or why Hermes does not tell.</summary>
    public async Task<(HermesProfile? Profile, string? Reason)> GetProfileAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var reply = await _http.SendAsync(HttpMethod.Get, ProfilePath, null, ProfileTimeout, cancellationToken);
            return reply.IsSuccess && HermesProfile.Read(reply.Body) is { } profile ? (profile, null)
                : (null, reply.Status is 401 or 403 ? $"{HermesAnswer.Words(reply)} An operator must set a valid HERMES_API_KEY." : $"it answers {HermesAnswer.Words(reply)}");
        }
        catch (HermesSilentException fault)
        {
            return (null, $"{options.BaseUrl.Authority} does not answer: {fault.Message}");
        }
    }

    /// <inheritdoc cref="IPhotometryDestination.GetWritableTopicsAsync"/>
    public async Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken)
    {
        if (_writable is { } kept && time.GetElapsedTime(kept.Timestamp) < ProfileLifetime)
        {
            return kept.Topics;
        }

        var topics = (await GetProfileAsync(cancellationToken)).Profile?.WritableTopics ?? [];

        // Hermes says an empty list when it could not ask SCiMMA: it is asked again, and until then its last word holds.
        if (topics.IsEmpty)
        {
            return _writable?.Topics ?? [];
        }

        _writable = (topics, time.GetTimestamp());
        return topics;
    }

    /// <summary>The id of the archived message that a submission became, not older than that; null when the archive has none. Throws <see cref="HermesSilentException"/>.</summary>
    public async Task<Guid?> FindArchivedAsync(SubmissionInDoubt submission, DateTimeOffset from, TimeSpan timeout)
    {
        // How the archive matches a search text is its affair, so what it lists by topic and time is looked through too.
        foreach (var search in (string?[])[submission.Key.ToString("D"), null])
        {
            var page = (string?)null;
            for (var pages = 0; pages < HermesArchive.MostPages; pages++)
            {
                var reply = await _http.SendAsync(HttpMethod.Get, HermesArchive.Path(submission.Topic is { } topic ? [topic] : [], from, search, page), null, timeout);
                if (!reply.IsSuccess || HermesArchive.Read(reply.Body, submission.Key, submission.Senders) is not { } read)
                {
                    throw new HermesSilentException($"Hermes' archive answers {HermesAnswer.Words(reply)}", new HttpRequestException());
                }

                if (read.Found is { } found)
                {
                    return found;
                }

                if ((page = read.Next) is null)
                {
                    break;
                }
            }
        }

        return null;
    }

    /// <summary>What the archive marks as withdrawn of these topics, not older than that. Throws <see cref="HermesSilentException"/>.</summary>
    public async Task<IReadOnlyList<RetractedMessage>> GetRetractedAsync(IReadOnlyList<string> topics, DateTimeOffset from)
    {
        var retracted = new List<RetractedMessage>();
        var page = (string?)null;
        for (var pages = 0; pages < HermesArchive.MostPagesOfTopics; pages++)
        {
            var reply = await _http.SendAsync(HttpMethod.Get, HermesArchive.Path(topics, from, null, page), null, options.SendTimeout);
            if (!reply.IsSuccess || HermesArchive.ReadRetracted(reply.Body) is not { } read)
            {
                throw new HermesSilentException($"Hermes' archive answers {HermesAnswer.Words(reply)}", new HttpRequestException());
            }

            retracted.AddRange(read.Retracted);
            if ((page = read.Next) is null)
            {
                break;
            }
        }

        return retracted;
    }

    /// <summary>Marks a message as withdrawn in the archive; null when Hermes took it, else its words. Throws <see cref="HermesSilentException"/>.</summary>
    public async Task<string?> RetractAsync(string uuid)
    {
        using var content = new ByteArrayContent("""{"retracted":true}"""u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var reply = await _http.SendAsync(HttpMethod.Patch, $"api/v0/query/message/{Uri.EscapeDataString(uuid)}/", content, options.SendTimeout);
        return reply.IsSuccess ? null : HermesAnswer.Words(reply);
    }

    /// <summary>What Hermes' own check says against a body; null when nothing. Throws <see cref="HermesSilentException"/> also when Hermes does not check it.</summary>
    public async Task<string?> ValidateAsync(ReadOnlyMemory<byte> body)
    {
        using var content = new SubmissionContent(body);
        var reply = await _http.SendAsync(HttpMethod.Post, ValidatePath, content, options.SendTimeout);
        return reply.IsSuccess && HermesAnswer.Objections(reply, body.Span) is { } objections
            ? objections.Length == 0 ? null : objections
            : throw new HermesSilentException(HermesAnswer.Words(reply), new HttpRequestException());
    }

    /// <summary>The address of Hermes' form with this body filled in, for 15 minutes. Throws <see cref="HermesSilentException"/> also when Hermes refuses.</summary>
    public async Task<Uri> PreloadAsync(ReadOnlyMemory<byte> body)
    {
        using var content = new SubmissionContent(body);
        var reply = await _http.SendAsync(HttpMethod.Post, PreloadPath, content, options.SendTimeout);
        return reply.IsSuccess && HermesAnswer.Member(reply, "key") is { Length: > 0 } key
            ? new Uri(options.BaseUrl, $"submit-message?id={Uri.EscapeDataString(key)}")
            : throw new HermesSilentException(HermesAnswer.Words(reply), new HttpRequestException());
    }

    public void Dispose() => _http.Dispose();
}
