using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TomOrleans.Grains.Security;
using TomOrleans.Security;

namespace TomOrleans.Silo.Security;

/// <summary>Signing in to the page: by the one-time link that the silo printed, or with a token in a form.</summary>
public static class SignInApi
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", ByLinkAsync).AllowAnonymous();
        routes.MapPost("/signin", ByTokenAsync).AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/signout", (Delegate)SignOutAsync).DisableAntiforgery();
        return routes;
    }

    private static async Task<IResult> ByLinkAsync(string? code, HttpContext context, SignInLinks links, FailedLogins failed)
    {
        if (code is null)
        {
            return Page(context, null);
        }

        if (!links.Redeem(code))
        {
            failed.Add(context.Connection.RemoteIpAddress);
            return Page(context, "This link was used already, or is too old. Restart the silo for a new one, or sign in with a token.");
        }

        await SignInAsync(context, new("sign-in link", TomRole.Admin));
        return TypedResults.LocalRedirect("~/");
    }

    // Safe without an antiforgery token: the request guard refuses foreign origins, and nothing is done in anybody's name.
    private static async Task<IResult> ByTokenAsync([FromForm] string? token, HttpContext context, TokenRoles tokens, FailedLogins failed)
    {
        if (string.IsNullOrWhiteSpace(token) || await tokens.FindAsync(token.Trim()) is not { Role: <= TomRole.Admin } holder)
        {
            failed.Add(context.Connection.RemoteIpAddress);
            return Page(context, "This token is not known. Make one with: token add --role reader");
        }

        await SignInAsync(context, holder);
        return TypedResults.LocalRedirect("~/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect("~/signin");
    }

    /// <summary>The form; what is wrong with the login that was tried, where one was.</summary>
    private static ContentHttpResult Page(HttpContext context, string? problem)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Content(FormWith(problem), "text/html; charset=utf-8", statusCode: problem is null ? 200 : 403);
    }

    private static Task SignInAsync(HttpContext context, TokenHolder holder) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        TokenAuthenticationHandler.PrincipalOf(holder, CookieAuthenticationDefaults.AuthenticationScheme));

    private static string FormWith(string? problem) => $$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title>
        <style>body{font-family:system-ui;background:#10141c;color:#dfe6f0;display:grid;place-items:center;height:100vh;margin:0}
        form{display:grid;gap:.8rem;width:22rem}input,button{font:inherit;padding:.6rem;border-radius:.3rem;border:1px solid #44506a;background:#1a2130;color:inherit}
        p{color:#ffb4a2;margin:0}</style></head><body><form method="post" action="/signin"><h1>TomOrleans</h1>
        {{(problem is null ? "" : $"<p>{problem}</p>")}}
        <label for="token">Token</label><input id="token" name="token" type="password" autocomplete="current-password" autofocus>
        <button>Sign in</button></form></body></html>
        """;
}
