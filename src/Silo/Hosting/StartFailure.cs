using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using TomOrleans.Grains;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Hosting;

/// <summary>A start that failed half way: it is ended in order, and said in one line. What the parts said themselves is in the log before it.</summary>
internal static class StartFailure
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Ends what has started already; what does not end within 5 s is left.</summary>
    public static Task StopAsync(WebApplication app) => Task.WhenAny(StopQuietlyAsync(app), Task.Delay(StopLimit));

    public static TomException Of(Exception failure, TomConfiguration configuration)
    {
        var causes = Causes(failure).ToArray();
        if (causes.Any(cause => cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }))
        {
            // They were free a moment ago, and which of them is not is told neither by Orleans nor, while this process holds the others, by a look.
            return new(
                TomFault.Unavailable,
                $"Another program took a port while the silo started: {configuration.Http.Port} (HTTP.PORT or --http-port), {configuration.Cluster.SiloPort} (CLUSTER.SILO_PORT) or "
                + $"{configuration.Cluster.GatewayPort} (CLUSTER.GATEWAY_PORT). Start it again; if the port is still in use then, it is named.",
                failure);
        }

        var words = string.Join(": ", causes.Select(cause => cause.Message.TrimEnd('.')).Distinct());
        return new(TomFault.Unavailable, $"The silo could not start: {OneLine.Of(words)}. The log before this line says more.", failure);
    }

    /// <summary>A part of the start before there is anything to stop.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> part, TomConfiguration configuration)
    {
        try
        {
            return await part();
        }
        catch (Exception failure) when (failure is not (TomException or OperationCanceledException))
        {
            throw Of(failure, configuration);
        }
    }

    private static async Task StopQuietlyAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception)
        {
            // Why it did not start is what counts.
        }
    }

    private static IEnumerable<Exception> Causes(Exception failure) => failure switch
    {
        AggregateException several => several.Flatten().InnerExceptions.SelectMany(Causes),
        { InnerException: { } inner } => Causes(inner).Prepend(failure),
        _ => [failure],
    };
}
