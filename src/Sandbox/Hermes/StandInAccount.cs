namespace TomOrleans.Sandbox.Hermes;

/// <summary>Somebody who may ask the stand-in. The defaults are an ordinary account that can publish everywhere.</summary>
public sealed record StandInAccount
{
    /// <summary>The API token, as it stands after <c>Authorization: Token</c>.</summary>
    public required string Token { get; init; }

    public string Email { get; init; } = "astronomer@example.org";

    /// <summary>The <c>_sender</c> of what this account publishes. Null: no SCiMMA credential, and submissions are answered 200 with an error.</summary>
    public string? CredentialName { get; init; } = "stand-in-credential";

    /// <summary>The topics Kafka lets it write to; null for all.</summary>
    public IReadOnlyList<string>? WritableTopics { get; init; }

    /// <summary>An account that was closed: its token is refused.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Without a profile row Hermes crashes on <c>profile/</c> and on submissions.</summary>
    public bool HasProfile { get; init; } = true;
}
