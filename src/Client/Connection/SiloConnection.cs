using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TomOrleans.Connections;

namespace TomOrleans.Client.Connection;

/// <summary>An open Orleans client. Silent: what goes wrong is told by exceptions alone.</summary>
internal sealed class SiloConnection : IAsyncDisposable
{
    private readonly IHost _host;

    private SiloConnection(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Throws <see cref="RefusedException"/> where no silo answers within <see cref="ConnectionSettings.ConnectTimeout"/>.</summary>
    public static async Task<SiloConnection> OpenAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var gateways = await settings.Gateways.ResolveAsync(cancellationToken);
        Knocking.CheckCertificates(settings);
        await KnockAsync(gateways, settings, cancellationToken);
        var host = Build(settings, [.. gateways]);
        try
        {
            await host.StartAsync(cancellationToken).WaitAsync(settings.ConnectTimeout, cancellationToken);
            return new(host);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _ = CloseAsync(host);
            throw new RefusedException(FailureText.OfNoSilo(failure, settings), failure);
        }
    }

    public ValueTask DisposeAsync() => new(CloseAsync(_host));

    /// <summary>Orleans keeps trying where nobody listens and never says why; a plain connection tells at once.</summary>
    private static async Task KnockAsync(IReadOnlyList<IPEndPoint> gateways, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.ConnectTimeout);
        Exception? last = null;
        await foreach (var knock in Task.WhenEach(gateways.Select(gateway => Knocking.AtAsync(gateway, settings, limit.Token))))
        {
            if (await knock is not { } failure)
            {
                await limit.CancelAsync();
                return;
            }

            last = failure;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new RefusedException(last is AuthenticationException ? FailureText.OfGreeting(last, settings) : FailureText.OfConnecting(last!, settings), last!);
    }

    private static IHost Build(ConnectionSettings settings, IPEndPoint[] gateways)
    {
        // The empty builder reads no appsettings.json of whatever folder the user stands in.
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateways);
            client.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = settings.ClusterId;
                options.ServiceId = settings.ServiceId;
            });
            client.Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = settings.ConnectTimeout);
            if (settings.Tls is { } tls)
            {
                var certificates = tls.Read();
                client.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(connection => connection.UseClientTls(() => certificates)));
            }

            if (settings.Token is { } token)
            {
                client.AddOutgoingGrainCallFilter(new TokenCallFilter(token));
            }
        });
        return builder.Build();
    }

    /// <summary>A client that could not connect may also be slow to stop; nobody waits long for it.</summary>
    private static async Task CloseAsync(IHost host)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await host.StopAsync(limit.Token);
            await ((IAsyncDisposable)host).DisposeAsync().AsTask().WaitAsync(limit.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or OrleansException or ObjectDisposedException or InvalidOperationException)
        {
            // The answer has been printed by now; how the connection ends changes nothing.
        }
    }
}
