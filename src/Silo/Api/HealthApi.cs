using TomOrleans.Operations;

namespace TomOrleans.Silo.Api;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: streams are connected and storage is reachable, else 503 with the reasons. Both without a token: they tell nothing else.</summary>
public static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("alive\n")).AllowAnonymous();
        routes.MapGet("/readyz", ReadyAsync).AllowAnonymous();
        return routes;
    }

    private static async Task<IResult> ReadyAsync(IGrainFactory grains, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return TypedResults.Text("not ready: stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        TomStatus status;
        try
        {
            status = await grains.Tom().GetStatusAsync().WaitAsync(TimeSpan.FromSeconds(5), ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return TypedResults.Text($"not ready: the status cannot be read ({exception.GetType().Name})\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var waiting = status.Streams.Where(stream => stream.State != "connected" && !stream.State.StartsWith("silent", StringComparison.Ordinal)).Select(stream => $"stream {stream.Id}: {stream.State}").ToArray();
        return waiting.Length == 0
            ? TypedResults.Text("ready\n")
            : TypedResults.Text($"not ready: {string.Join("; ", waiting)}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
