using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using TomOrleans.Grains.Security;
using TomOrleans.Security;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// The TOM Toolkit's REST, so that an unmodified tom_base can share targets and data to us. Credentials: a token as the password of Basic (any user name), or as <c>Authorization: Token</c>; wrong ones are
/// answered with 401 whatever the path. Reading needs a reader, changes a contributor.
/// </summary>
public static class ToolkitApi
{
    public static IEndpointRouteBuilder MapToolkit(this IEndpointRouteBuilder routes)
    {
        // Programs send no antiforgery token, and browsers no Authorization header of their own accord; a cookie does not pass the guard from a foreign page.
        var api = routes.MapGroup("/api").AddEndpointFilter<ToolkitFilter>().DisableAntiforgery();
        api.MapGet("/", Index);
        api.MapTargets();
        api.MapDatums();
        api.MapProducts();
        routes.MapPost("/api/token-auth", TokenAsync).AddEndpointFilter<ToolkitFilter>().DisableAntiforgery().AllowAnonymous();
        return routes;
    }

    private static JsonHttpResult<JsonObject> Index(HttpRequest request)
    {
        var root = $"{request.Scheme}://{request.Host}/api/";
        return TypedResults.Json(new JsonObject { ["targets"] = root + "targets/", ["reduceddatums"] = root + "reduceddatums/", ["dataproducts"] = root + "dataproducts/" });
    }

    /// <summary>Gives a token back for a user name and password: here the password is the token.</summary>
    private static async Task<IResult> TokenAsync(HttpRequest request, TokenRoles tokens, FailedLogins failed)
    {
        string? password;
        if (request.HasFormContentType)
        {
            password = (await request.ReadFormAsync())["password"].FirstOrDefault();
        }
        else
        {
            password = (await request.ReadObjectAsync())["password"]?.ToString();
        }

        if (password is { Length: > 0 and < 256 } && await tokens.FindAsync(password) is { Role: <= TomRole.Admin })
        {
            return TypedResults.Json(new JsonObject { ["token"] = password });
        }

        failed.Add(request.HttpContext.Connection.RemoteIpAddress);
        throw new ToolkitRefusal(StatusCodes.Status400BadRequest, new() { ["non_field_errors"] = new JsonArray("Unable to log in with provided credentials.") });
    }
}
