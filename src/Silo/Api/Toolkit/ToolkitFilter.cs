using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using TomOrleans.Grains.Security;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>Tells the grains who asks, and answers refusals in the Toolkit's shapes.</summary>
internal sealed class ToolkitFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        RequestContext.Set(ClientCallFilter.CallerKey, context.HttpContext.User.Identity?.Name ?? "nobody");
        try
        {
            return await next(context);
        }
        catch (ToolkitRefusal refusal)
        {
            return Answer(refusal);
        }
        catch (TomException refusal)
        {
            return Answer(ToolkitRefusal.Of(refusal));
        }
        catch (JsonException fault)
        {
            return Answer(ToolkitRefusal.Detail(StatusCodes.Status400BadRequest, $"JSON parse error - {fault.Message}"));
        }
    }

    private static JsonHttpResult<JsonObject> Answer(ToolkitRefusal refusal) => TypedResults.Json(refusal.Body, statusCode: refusal.Status);
}
