using System.Text.Json.Serialization;

namespace TomOrleans.Silo.Configuration;

/// <summary>One property of librdkafka. Its text shows the value only when that is no secret.</summary>
public sealed record ClientProperty(string Name, [property: JsonIgnore] string Value)
{
    private static readonly string[] SecretParts = ["password", "passphrase", "secret", "private.key", "ssl.key.pem", "oauthbearer.config", "ssl_key"];

    public bool IsSecret => SecretParts.Any(part => Name.Contains(part, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"{Name} = {(IsSecret ? "(set)" : Value)}";
}
