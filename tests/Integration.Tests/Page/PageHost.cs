using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using TomOrleans.Security;
using TomOrleans.Silo.Pages;
using TomOrleans.Testing;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>The pages in a web server of their own, over a silo in this process whose grains are the stand-ins of <see cref="PageWorld"/>.</summary>
public sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app, PageWorld world) => (_app, World) = (app, world);

    public PageWorld World { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts with every visitor holding <paramref name="role"/> and all below it; null for visitors who may nothing.</summary>
    public static async Task<PageHost> StartAsync(PageWorld world, TomRole? role = TomRole.Admin)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(world);
        builder.Services.AddSingleton(new VisitorRole(role));
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, EverybodyHandler>("test", null);
        builder.Services.AddAuthorization();
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next());
            silo.Services.Configure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly.GetName().Name == "TomOrleans.Grains"));
        });
        builder.AddTomPages();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapTomPages();
        await app.StartAsync();
        return new(app, world);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed record VisitorRole(TomRole? Role);

    private sealed class EverybodyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, VisitorRole visitor)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var roles = Enum.GetValues<TomRole>().Where(role => role <= visitor.Role).Select(role => new Claim(ClaimTypes.Role, role.ToString()));
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, "somebody"), .. roles], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
