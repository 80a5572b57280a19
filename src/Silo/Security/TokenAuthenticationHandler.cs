using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TomOrleans.Grains.Security;
using TomOrleans.Security;

namespace TomOrleans.Silo.Security;

/// <summary>Takes a token as <c>Authorization: Token ...</c>, <c>Bearer ...</c>, or as the password of <c>Basic</c> (any user name).</summary>
public sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TokenRoles tokens, FailedLogins failed)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "tom-token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request.Headers.Authorization.ToString()) is not { } token)
        {
            return AuthenticateResult.Fail("The Authorization header holds no token.");
        }

        if (await tokens.FindAsync(token) is { Role: <= TomRole.Admin } holder)
        {
            return AuthenticateResult.Success(new(PrincipalOf(holder, Scheme), Scheme));
        }

        failed.Add(Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail("The token is not known.");
    }

    /// <summary>The identity with its role and all the roles below it.</summary>
    public static ClaimsPrincipal PrincipalOf(TokenHolder holder, string scheme)
    {
        var roles = Enum.GetValues<TomRole>().Where(role => role <= holder.Role).Select(role => new Claim(ClaimTypes.Role, role.ToString()));
        return new(new ClaimsIdentity([new(ClaimTypes.Name, holder.Name), .. roles], scheme));
    }

    private static string? TokenOf(string header)
    {
        var blank = header.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0)
        {
            return null;
        }

        var rest = header[(blank + 1)..].Trim();
        switch (header[..blank].ToUpperInvariant())
        {
            case "TOKEN" or "BEARER":
                return rest;
            case "BASIC":
                var bytes = new byte[rest.Length];
                if (!Convert.TryFromBase64String(rest, bytes, out var length))
                {
                    return null;
                }

                var pair = Encoding.UTF8.GetString(bytes, 0, length);
                return pair.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? pair[(colon + 1)..] : null;
            default:
                return null;
        }
    }
}
