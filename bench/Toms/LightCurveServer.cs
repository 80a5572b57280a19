using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Silo.Api;

namespace TomOrleans.Bench.Toms;

/// <summary>The silo's HTTP interface to photometry on a loopback port, over the grains of a <see cref="TargetsTom"/>; without logins.</summary>
internal sealed class LightCurveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private LightCurveServer(WebApplication app, Uri address) => (_app, _http) = (app, new() { BaseAddress = address });

    public static async Task<LightCurveServer> StartAsync(IGrainFactory grains)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore().AddSingleton(grains);
        var app = builder.Build();
        app.UseRouting();
        app.MapPhotometry();
        await app.StartAsync();
        return new(app, new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }

    /// <summary>Fetches the whole answer. Throws where it does not hold so many points.</summary>
    public async Task GetAsync(string target, int points)
    {
        var answer = await _http.GetByteArrayAsync($"api/light-curve?target={Uri.EscapeDataString(target)}");
        if (!System.Text.Encoding.UTF8.GetString(answer.AsSpan(0, 200)).Contains($"\"points\":{points},", StringComparison.Ordinal))
        {
            throw new BenchException($"The light curve of {target} does not hold {points:N0} points.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
