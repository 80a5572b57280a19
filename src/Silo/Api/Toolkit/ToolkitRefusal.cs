using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>A request that is answered with an error in the Toolkit's shapes.</summary>
internal sealed class ToolkitRefusal(int status, JsonObject body) : Exception(body.ToJsonString())
{
    public int Status { get; } = status;

    public JsonObject Body { get; } = body;

    public static ToolkitRefusal Detail(int status, string detail) => new(status, new() { ["detail"] = detail });

    public static ToolkitRefusal Of(ToolkitFaults faults) => new(StatusCodes.Status400BadRequest, faults.ToJson());

    public static ToolkitRefusal NotFound(string what) => Detail(StatusCodes.Status404NotFound, $"No {what} matches the given query.");

    /// <summary>The refusal of a grain.</summary>
    public static ToolkitRefusal Of(TomException refusal) => refusal.Fault switch
    {
        TomFault.NotFound or TomFault.Gone => Detail(StatusCodes.Status404NotFound, refusal.Message),
        TomFault.Conflict => new(StatusCodes.Status409Conflict, new() { [ToolkitFaults.NoField] = new JsonArray(refusal.Message) }),
        TomFault.Unauthenticated => Detail(StatusCodes.Status401Unauthorized, refusal.Message),
        TomFault.Forbidden => Detail(StatusCodes.Status403Forbidden, refusal.Message),
        TomFault.Unavailable => Detail(StatusCodes.Status503ServiceUnavailable, refusal.Message),
        _ => new(StatusCodes.Status400BadRequest, new() { [ToolkitFaults.NoField] = new JsonArray(refusal.Message) }),
    };
}
