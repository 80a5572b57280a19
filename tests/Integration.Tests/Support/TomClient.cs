using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Operations;
using TomOrleans.Security;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>An Orleans client of a silo under test, with its admin token.</summary>
public sealed class TomClient : IAsyncDisposable
{
    private const int OftenAsked = 20;
    private readonly IHost _host;
    private readonly string _token;

    private TomClient(IHost host, string token)
    {
        _host = host;
        _token = token;
    }

    /// <summary>Grains; the token goes along when a call is made inside <see cref="AsAdmin"/>.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IClusterClient Cluster => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<TomClient> ConnectAsync(SiloProcess silo)
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(silo.DataFolder, "admin-token"))).Trim();
        var host = new HostBuilder()
            .UseOrleansClient(client => client
                .AddMemoryStreams(AlertStreams.Provider)
                .AddMemoryStreams(TomEvents.Provider)
                .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, silo.Ports.Gateway))
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("tomorleans", "tomorleans")))
            .Build();
        await host.StartAsync();
        return new(host, token);
    }

    public Task<T> AsAdmin<T>(Func<IGrainFactory, Task<T>> call) => CallAsync(_token, call);

    /// <summary>Calls with a token of one's own; null for none.</summary>
    public async Task<T> CallAsync<T>(string? token, Func<IGrainFactory, Task<T>> call)
    {
        RequestContext.Clear();
        if (token is not null)
        {
            RequestContext.Set(CallToken.ContextKey, token);
        }

        return await call(Grains);
    }

    public Task<TomStatus> StatusAsync() => AsAdmin(grains => grains.Tom().GetStatusAsync());

    /// <summary>The first status that fits. The silo is another process and sends no events for all that is waited for here, so it is asked.</summary>
    public async Task<TomStatus> StatusWhenAsync(Func<TomStatus, bool> fits, string what, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        using var end = new CancellationTokenSource(limit);
        var asked = 0;
        var last = await StatusAsync();
        while (!fits(last))
        {
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not seen within {limit}: {what}. Last status: {last.Targets} targets, {last.Points} points, "
                    + string.Join("; ", last.Streams.SelectMany(stream => stream.Topics).SelectMany(topic => topic.Handlers.Select(handler => $"{topic.Name} {handler.Handler} {handler.State} {handler.Books}"))));
            }

            // What takes longer gets the processor time that asking would take.
            if (++asked == OftenAsked)
            {
                timer.Period = TimeSpan.FromMilliseconds(100);
            }

            last = await StatusAsync();
        }

        return last;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
