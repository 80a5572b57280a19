using System.Text.Json;

namespace TomOrleans.Client.MovingIn;

/// <summary>An answer of another TOM, as it came.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Location">Where a redirect leads; null for none.</param>
/// <param name="RetryAfter">From the header; null where there is none.</param>
internal sealed record SiteAnswer(int Status, byte[] Body, string? Location, TimeSpan? RetryAfter)
{
    private const int LongestWords = 300;

    public bool IsBusy => Status is 408 or 429 or >= 500;

    public bool IsRedirect => Status is >= 300 and < 400;

    /// <summary>Wrong credentials are answered by the Toolkit with the way to its login page.</summary>
    public bool IsLogin => IsRedirect && Location?.Contains("login", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What the site says of itself, where it says it in JSON; else the status.</summary>
    public string Words
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                if (document.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String)
                {
                    var words = detail.GetString()!;
                    return $"HTTP {Status}: {(words.Length <= LongestWords ? words : words[..LongestWords])}";
                }
            }
            catch (JsonException)
            {
                // A page for people: its status says as much.
            }

            return $"HTTP {Status}";
        }
    }
}
