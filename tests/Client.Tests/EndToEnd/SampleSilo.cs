using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Security;
using TomOrleans.Testing;

namespace TomOrleans.Client.Tests.EndToEnd;

/// <summary>A real silo on free loopback ports with the sample grains behind the contracts.</summary>
public sealed class SampleSilo : IAsyncLifetime
{
    private IHost? _host;

    public int GatewayPort { get; } = FreePort.Next();

    public SampleTom Tom { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Tom);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort.Next(), GatewayPort, serviceId: "tomorleans", clusterId: "tomorleans")
            .AddIncomingGrainCallFilter(CheckTokenAsync));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }
    }

    private Task CheckTokenAsync(IIncomingGrainCallContext call)
    {
        if (call.InterfaceName.StartsWith("TomOrleans", StringComparison.Ordinal))
        {
            var token = RequestContext.Get(CallToken.ContextKey) as string ?? "";
            Tom.Tokens.Enqueue(token);
            if (Tom.RequiredToken is { } required && token != required)
            {
                throw new TomException(TomFault.Unauthenticated, "this token is not known here");
            }
        }

        return call.Invoke();
    }
}
