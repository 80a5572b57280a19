using System.Net;
using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// What an answer of <c>POST api/v0/submit_message/</c> means. Pure. Success is the uuid that Hermes gave the message, never a status: it says 200 too when the account may publish
/// nothing, and 500 after it has published.
/// </summary>
internal static class HermesAnswer
{
    private const string KafkaPrefix = "Error posting message to kafka: ";
    private const int LongestWords = 2000;

    /// <summary>Broker answers that come before anything is stored, and come again.</summary>
    private static readonly string[] PermanentKafkaCodes =
        ["TOPIC_AUTHORIZATION_FAILED", "MSG_SIZE_TOO_LARGE", "TOPIC_EXCEPTION", "UNKNOWN_TOPIC_OR_PART", "No topic specified"];

    /// <param name="status">HTTP status.</param>
    /// <param name="contentType">Media type; null when none was sent.</param>
    /// <param name="body">The body as text.</param>
    /// <param name="retryAfter">From the header; null when there is none.</param>
    /// <param name="sent">What was sent, by which field errors are told from each other; empty where it is not at hand.</param>
    public static SendOutcome Classify(int status, string? contentType, string body, TimeSpan? retryAfter = null, ReadOnlySpan<byte> sent = default)
    {
        var json = Parse(contentType, body);
        return status switch
        {
            >= 200 and < 300 => Accepted(status, json),
            >= 300 and < 400 => OfAccount(status, $"{Name(status)}: a redirect is not followed. Check BASE_URL: scheme, host and path must be those of Hermes itself"),
            400 => BadRequest(json, body, sent),
            401 or 403 => OfAccount(status, $"{Detail(json) ?? Name(status)} An operator must set a valid HERMES_API_KEY and share again."),
            404 or 405 or 406 or 415 => OfAccount(status, $"{Detail(json) ?? Name(status)} Check BASE_URL: Hermes' submit_message is not there."),

            // Of the front, which may have handed on what it had.
            408 => new SendOutcome.Ambiguous("Hermes did not get the request in time (408), and may or may not have published it", retryAfter),
            413 => Refused(status, "the message is too large for Hermes' front (413)"),
            429 => new SendOutcome.Retry("Hermes asks for fewer requests (429)", retryAfter),
            < 500 => Refused(status, Detail(json) ?? Name(status)),

            // Hermes crashes before or after it publishes, and the front gives up while it still works, or says 503 while the application is started anew.
            _ => new SendOutcome.Ambiguous($"{Name(status)}: Hermes may or may not have published it", retryAfter),
        };
    }

    /// <summary>Hermes' words in an answer that is no success, for a person: one or a few lines.</summary>
    public static string Words(HermesReply reply) =>
        Parse(reply.ContentType, reply.Body) is { ValueKind: JsonValueKind.Object } json
            ? Bounded(Detail(json) ?? HermesFieldErrors.Flatten(json))
            : Name(reply.Status);

    /// <summary>What an answer of <c>submit_message/validate/</c>, which is 200 either way, says against what was sent; empty where nothing, null where the answer is of another kind.</summary>
    public static string? Objections(HermesReply reply, ReadOnlySpan<byte> sent) =>
        Parse(reply.ContentType, reply.Body) is { ValueKind: JsonValueKind.Object } json ? Bounded(HermesFieldErrors.Flatten(json, sent)) : null;

    /// <summary>A text member of a JSON answer.</summary>
    public static string? Member(HermesReply reply, string name) => Parse(reply.ContentType, reply.Body) is { } json ? Text(json, name) : null;

    private static SendOutcome Accepted(int status, JsonElement? json)
    {
        var answer = json ?? default;
        if (Text(answer, "uuid") is { } uuid && Guid.TryParse(uuid, out var id))
        {
            return new SendOutcome.Delivered(id.ToString("D"));
        }

        if (Text(answer, "error") is { } error)
        {
            return OfAccount(status, $"{error} (The account of HERMES_API_KEY has no SCiMMA credential: an operator must sign in at Hermes once more, then share again.)");
        }

        return Text(answer, "message") is not null && Text(answer, "title") is null
            ? OfAccount(status, "Hermes answered with its documentation: the request was turned into a GET on the way. Check BASE_URL.")
            : new SendOutcome.Ambiguous($"{Name(status)} without the uuid that proves delivery");
    }

    private static SendOutcome BadRequest(JsonElement? json, string body, ReadOnlySpan<byte> sent)
    {
        if (json is not { ValueKind: JsonValueKind.Object } answer)
        {
            return Refused(400, body.TrimStart().StartsWith('<') ? "an HTML page: the request did not get as far as Hermes' own checks" : body);
        }

        if (Text(answer, "error") is not { } error)
        {
            return Refused(400, Text(answer, "detail") ?? HermesFieldErrors.Flatten(answer, sent));
        }

        // A silent broker, or one whose answer was lost: librdkafka may have handed the message over.
        return !error.StartsWith(KafkaPrefix, StringComparison.Ordinal) || PermanentKafkaCodes.Any(code => error.Contains(code, StringComparison.Ordinal))
            ? Refused(400, error)
            : new SendOutcome.Ambiguous(Bounded(error));
    }

    private static JsonElement? Parse(string? contentType, string body)
    {
        if (contentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A JSON type on something else: judged by its status, as if the type were not there.
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Detail(JsonElement? json) => json is { } answer ? Text(answer, "detail") ?? Text(answer, "error") : null;

    private static SendOutcome.Refused Refused(int status, string words) => new(words.Length == 0 ? Name(status) : Bounded(words));

    private static SendOutcome.Refused OfAccount(int status, string words) => Refused(status, words) with { IsOfAccount = true };

    private static string Bounded(string words) => words.Length <= LongestWords ? words : string.Concat(words.AsSpan(0, LongestWords), " ...");

    private static string Name(int status) => $"HTTP {status}{(Enum.IsDefined((HttpStatusCode)status) ? $" {(HttpStatusCode)status}" : "")}";
}
