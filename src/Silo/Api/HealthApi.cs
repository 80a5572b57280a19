namespace TomOrleans.Silo.Api;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: this silo's own streams are connected and it reaches the storage, else 503 with the reasons; how the other silos are is not its business. Both without a
/// token: they tell nothing else.
/// </summary>
public static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("alive\n")).AllowAnonymous();
        routes.MapGet("/readyz", ReadyAsync).AllowAnonymous();
        return routes;
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var reasons = lifetime.ApplicationStopping.IsCancellationRequested ? ["stopping"] : await readiness.ReasonsAgainstAsync(ct);
        return reasons.Count == 0
            ? TypedResults.Text("ready\n")
            : TypedResults.Text($"not ready: {string.Join("; ", reasons)}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
