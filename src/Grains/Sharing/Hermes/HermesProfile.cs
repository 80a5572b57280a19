using System.Collections.Immutable;
using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// What Hermes says of our account, as <c>{"credential_name": "someone-1234abcd", "writable_topics": ["hermes.test"], ...}</c>. An empty list of topics means that Hermes could not find out.
/// </summary>
/// <param name="CredentialName">The <c>_sender</c> of what we publish; null for an account that may publish nothing.</param>
/// <param name="WritableTopics">Empty: unknown.</param>
internal sealed record HermesProfile(string? CredentialName, ImmutableArray<string> WritableTopics)
{
    /// <summary>Null for what is no profile.</summary>
    public static HermesProfile? Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var name = json.RootElement.TryGetProperty("credential_name", out var credential) && credential.ValueKind == JsonValueKind.String ? credential.GetString() : null;
            return new(string.IsNullOrWhiteSpace(name) ? null : name, Topics(json.RootElement));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableArray<string> Topics(JsonElement profile) =>
        profile.TryGetProperty("writable_topics", out var topics) && topics.ValueKind == JsonValueKind.Array
            ? [.. topics.EnumerateArray().Where(topic => topic.ValueKind == JsonValueKind.String).Select(topic => topic.GetString()!)]
            : [];
}
