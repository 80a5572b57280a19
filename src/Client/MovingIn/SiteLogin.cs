using System.Net.Http.Headers;
using System.Text;

namespace TomOrleans.Client.MovingIn;

/// <summary>How we show who we are at another TOM. It goes to that TOM alone: not to a silo, not into a log, a file or a message.</summary>
internal sealed class SiteLogin
{
    private readonly string _secret;

    private SiteLogin(string secret, AuthenticationHeaderValue header) => (_secret, Header) = (secret, header);

    public AuthenticationHeaderValue Header { get; }

    /// <summary>An account's name and password.</summary>
    public static SiteLogin Basic(string user, string password) => new(password, new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));

    /// <summary>A token of the site's REST interface.</summary>
    public static SiteLogin Token(string token) => new(token, new("Token", token));

    /// <summary>A text of the site that is to be shown: it may repeat what we sent.</summary>
    public string Without(string text) => text.Replace(_secret, "***", StringComparison.Ordinal);

    public override string ToString() => "***";
}
