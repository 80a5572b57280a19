using TomOrleans.Grains.Security;

namespace TomOrleans.Silo.Security;

/// <summary>Refuses requests that carry a login, from an address with too many failed ones.</summary>
public static class LoginLimit
{
    public static IApplicationBuilder UseLoginLimit(this IApplicationBuilder app)
    {
        var failed = app.ApplicationServices.GetRequiredService<FailedLogins>();
        return app.Use(async (context, next) =>
        {
            if (CarriesLogin(context.Request) && failed.BlockedFor(context.Connection.RemoteIpAddress) is { } left)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(left.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                await TypedResults.Problem($"Too many logins failed from your address; try again in {Math.Ceiling(left.TotalSeconds):0} s.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many failed logins").ExecuteAsync(context);
                return;
            }

            await next(context);
        });
    }

    private static bool CarriesLogin(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || request.Path.StartsWithSegments("/api/token-auth")
        || (request.Path.StartsWithSegments("/signin") && (HttpMethods.IsPost(request.Method) || request.Query.ContainsKey("code")));
}
