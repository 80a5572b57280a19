using System.Net;
using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>An answer of another TOM, as far as it says something about our account or the address. Pure.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Media type; null when none was sent.</param>
/// <param name="Body">The body as text.</param>
/// <param name="Location">Where a redirect leads; null for none.</param>
/// <param name="RetryAfter">From the header; null when there is none.</param>
internal sealed record TomAnswer(int Status, string? ContentType, string Body, string? Location, TimeSpan? RetryAfter)
{
    private const int LongestWords = 1000;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the other side is a TomOrleans that takes many data at once.</summary>
    public bool TakesBatches { get; init; }

    public JsonElement? Json
    {
        get
        {
            if (ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
            {
                return null;
            }

            try
            {
                using var document = JsonDocument.Parse(Body);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// What ends the part, whatever it was that was asked; null where the answer is to be judged by its question. The Toolkit answers wrong credentials with a redirect to its login page, which
    /// a client that follows takes for a success.
    /// </summary>
    public SendOutcome? End => Status switch
    {
        >= 300 and < 400 when IsLogin => Account("sends us to its login page: USERNAME or PASSWORD is wrong, or the account may not do this"),
        >= 300 and < 400 => Account($"redirects to {Shown(Location)}: put the right address into BASE_URL"),
        401 => Account("does not know USERNAME and PASSWORD (401)"),
        403 => Account($"does not allow it to our account (403): {Words}"),
        408 => new SendOutcome.Retry("the other TOM took the request for too slow (408)"),
        429 => new SendOutcome.Retry("the other TOM asks for fewer requests (429)", RetryAfter),
        502 or 503 or 504 => new SendOutcome.Retry($"the other TOM is not available ({Status})", RetryAfter),
        _ => IsSuccess && Json is null ? Account("answers with a page instead of JSON: is BASE_URL the root of a TOM?") : null,
    };

    /// <summary>The answer's own words on one line: field errors as <c>name: target with this Name already exists.</c></summary>
    public string Words
    {
        get
        {
            if (Json is { } json)
            {
                var text = string.Join("; ", Flatten("", json).Take(20));
                return text.Length == 0 ? Name : Bounded(text);
            }

            return Body.TrimStart().StartsWith('<') || Body.Length == 0 ? Name : Bounded(Body);
        }
    }

    private bool IsLogin => Location?.Contains("login", StringComparison.OrdinalIgnoreCase) == true;

    private string Name => $"HTTP {Status}{(Enum.IsDefined((HttpStatusCode)Status) ? $" {(HttpStatusCode)Status}" : "")}";

    private static SendOutcome.Refused Account(string words) => new($"The other TOM {words}.", IsOfAccount: true);

    /// <summary>Without what follows the path: it may repeat what we sent.</summary>
    private static string Shown(string? location) => location is null ? "nowhere" : Bounded(location.Split('?', '#')[0]);

    private static string Bounded(string words) => OneLine.Of(words.Length <= LongestWords ? words : words[..LongestWords]);

    private static IEnumerable<string> Flatten(string path, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Flatten(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Flatten(path, item)),
        JsonValueKind.String when path is "" or "detail" or "non_field_errors" or "message" => [json.GetString()!],
        JsonValueKind.String => [$"{path}: {json.GetString()}"],
        _ => [],
    };
}
