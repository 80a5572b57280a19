namespace TomOrleans.Silo.Pages.Access;

/// <summary>
/// A tab that is closed while its scripts load leaves its circuit waiting, up to a minute, for answers that never come; the request that reported the closing waits with it. A stop of
/// the silo does not: its time belongs to the streams.
/// </summary>
public static class CircuitEnds
{
    public static IApplicationBuilder UseCircuitEnds(this IApplicationBuilder app)
    {
        var stopping = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        return app.Use(async (context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments("/_blazor/disconnect"))
            {
                await next(context);
                return;
            }

            try
            {
                await next(context).WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                context.Abort();
            }
        });
    }
}
