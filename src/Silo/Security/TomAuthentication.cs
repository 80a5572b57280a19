using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using TomOrleans.Security;

namespace TomOrleans.Silo.Security;

/// <summary>
/// Who may ask over HTTP: programs by token, people by a cookie that a token or a one-time link gave them, and in the sandbox everybody on loopback. Every endpoint needs a role
/// unless it says otherwise.
/// </summary>
public static class TomAuthentication
{
    /// <summary>Reads the Authorization header; without one, the cookie.</summary>
    private const string Either = "tom";

    public static IServiceCollection AddTomAuthentication(this IServiceCollection services, string dataFolder, bool openOnLoopback)
    {
        services.AddDataProtection().SetApplicationName("TomOrleans").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, "keys")));
        services.AddSingleton<SignInLinks>();
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? TokenAuthenticationHandler.Scheme
                : openOnLoopback ? SandboxAuthenticationHandler.Scheme
                : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, SandboxAuthenticationHandler>(SandboxAuthenticationHandler.Scheme, null)
            .AddCookie(options =>
            {
                options.Cookie.Name = "tom";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.LoginPath = "/signin";
                options.AccessDeniedPath = "/signin";
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.Events.OnRedirectToLogin = context =>
                {
                    // A program gets an answer, a person the sign-in page.
                    if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
                    {
                        context.Response.Redirect(context.RedirectUri);
                    }
                    else
                    {
                        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    }

                    return Task.CompletedTask;
                };
            });
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(PolicyOf(TomRole.Reader));
        foreach (var role in Enum.GetValues<TomRole>().Where(role => role != TomRole.Silo))
        {
            authorization.AddPolicy(role.ToString(), PolicyOf(role));
        }

        return services;
    }

    private static AuthorizationPolicy PolicyOf(TomRole role) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(role.ToString()).Build();
}
