namespace TomOrleans.Silo.Api;

/// <summary>
/// Refuses requests that a foreign page could have made a browser send: those with a Host that is not ours (DNS rebinding) and changes with a foreign Origin. Counts on loopback too.
/// </summary>
public static class RequestGuard
{
    public static IApplicationBuilder UseRequestGuard(this IApplicationBuilder app, HostNames names) => app.Use(async (context, next) =>
    {
        var isOurs = names.AreOurs(context.Request.Host.Host, context.Connection.LocalIpAddress);
        var problem = Judge(isOurs, context.Request.Headers.Origin, context.Request.Host.Value, context.Request.Method);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.XFrameOptions = "DENY";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        if (problem is null)
        {
            await next(context);
            return;
        }

        await TypedResults.Problem(problem, statusCode: StatusCodes.Status403Forbidden, title: "Request refused").ExecuteAsync(context);
    });

    /// <summary>Why a request is refused; null when it is not.</summary>
    public static string? Judge(bool isOurHost, string? origin, string? hostAndPort, string method)
    {
        if (!isOurHost)
        {
            return "The Host header names another site. Use the address that the silo printed at its start, or have the name added to HTTP.HOSTS.";
        }

        // A websocket is opened by GET and carries changes afterwards, so its Origin counts as well; browsers send none with a plain GET.
        return string.IsNullOrEmpty(origin) || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(hostAndPort, StringComparison.OrdinalIgnoreCase))
            ? null
            : $"The Origin header names another site ({method} refused).";
    }
}
