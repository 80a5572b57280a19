using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using MudBlazor.Services;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Silo.Pages.Parked;
using TomOrleans.Silo.Pages.Targets;

namespace TomOrleans.Silo.Pages;

/// <summary>The web page: what the host calls to have it.</summary>
public static class TomPages
{
    /// <summary>Registers the pages. They need an <see cref="IGrainFactory"/>, which Orleans registers in a silo and in a client.</summary>
    public static WebApplicationBuilder AddTomPages(this WebApplicationBuilder builder)
    {
        FindAssets(builder);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<FaultWords>();
        builder.Services.AddSingleton<LiveRefresh>();
        builder.Services.AddScoped<Visitor>();
        builder.Services.AddScoped<PageScript>();
        builder.Services.AddScoped<ThemeChoice>();
        builder.Services.AddScoped<ParkedOrders>();
        builder.Services.AddScoped<TargetOrders>();
        return builder;
    }

    /// <summary>
    /// Maps the pages and their assets. Call it after authentication, authorization and antiforgery: a visitor is whom these let in, with role claims named after
    /// <see cref="TomOrleans.Security.TomRole"/>; pages show nothing to one without them.
    /// </summary>
    public static WebApplication MapTomPages(this WebApplication app)
    {
        app.UsePageHeaders();
        app.UseCircuitEnds();
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, $"{AssemblyName}.staticwebassets.endpoints.json"));
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }

    private static string AssemblyName => typeof(TomPages).Assembly.GetName().Name!;

    /// <summary>
    /// Assets of the packages lie in the package cache after a build and in <c>wwwroot</c> beside the program after a publish. ASP.NET looks for the former in Development only and for the
    /// latter under the working directory; where it finds nothing it answers 200 with an empty body.
    /// </summary>
    private static void FindAssets(WebApplicationBuilder builder)
    {
        var built = Path.Combine(AppContext.BaseDirectory, $"{AssemblyName}.staticwebassets.runtime.json");
        if (File.Exists(built))
        {
            builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = built;
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
            return;
        }

        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(published))
        {
            builder.Environment.WebRootPath = published;
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        }
    }
}
