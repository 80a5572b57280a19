using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TomOrleans.Security;

namespace TomOrleans.Silo.Security;

/// <summary>The sandbox asks nobody for a login on loopback: it holds nothing but simulated data.</summary>
public sealed class SandboxAuthenticationHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "sandbox";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? AuthenticateResult.Success(new(TokenAuthenticationHandler.PrincipalOf(new("sandbox", TomRole.Admin), Scheme), Scheme))
            : AuthenticateResult.NoResult());
}
