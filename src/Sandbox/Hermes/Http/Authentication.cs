namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>
/// Who asks. A bad token is refused on every endpoint, with 403 (never 401); no token, or another scheme such as Bearer, is nobody in particular
/// and is not refused here.
/// </summary>
internal static class Authentication
{
    /// <exception cref="RefusalException">The token is bad.</exception>
    public static StandInAccount? Authenticate(string? authorization, IReadOnlyList<StandInAccount> accounts)
    {
        var parts = (authorization ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !parts[0].Equals("Token", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (parts.Length != 2)
        {
            throw Refused(parts.Length == 1
                ? "Invalid token header. No credentials provided."
                : "Invalid token header. Token string should not contain spaces.");
        }

        var account = accounts.FirstOrDefault(a => a.Token == parts[1]) ?? throw Refused("Invalid token.");
        return account.IsActive ? account : throw Refused("User inactive or deleted.");
    }

    public static RefusalException NotProvided() => Refused("Authentication credentials were not provided.");

    private static RefusalException Refused(string detail) => new(Answer.Detail(403, detail));
}
