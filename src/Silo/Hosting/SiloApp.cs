using Orleans.Dashboard;
using TomOrleans.Grains;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Api;
using TomOrleans.Silo.Api.Toolkit;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Pages;
using TomOrleans.Silo.Security;
using TomOrleans.Storage;

namespace TomOrleans.Silo.Hosting;

/// <summary>One run of a silo, from a checked configuration to the end of the process.</summary>
public static class SiloApp
{
    /// <summary>How long a stop may take: consumers leave their groups and what is in flight is finished.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);

    /// <summary>How long what is left may take after that: a grain whose thread is blocked never ends, and all it holds ends with the process.</summary>
    private static readonly TimeSpan DisposalLimit = TimeSpan.FromSeconds(3);

    /// <summary>Runs until it is told to stop. Throws <see cref="TomException"/> where it cannot start.</summary>
    /// <param name="configuration">Checked.</param>
    /// <param name="migrate">Bring the schema up to this version; else it has to be so.</param>
    /// <param name="cancellation">Tells it to stop.</param>
    public static async Task<int> RunAsync(TomConfiguration configuration, bool migrate, CancellationToken cancellation)
    {
        Ports.RequireFree(configuration);
        using var folder = DataFolder.Take(configuration.DataPath);
        await using var sandbox = await StartFailure.GuardAsync(() => SandboxServices.StartAsync(configuration, folder.Path, cancellation), configuration);
        configuration = sandbox?.Connect(configuration) ?? configuration;
        await using var database = await (migrate ? Databases.OpenAsync(configuration, migrate: true) : Databases.OpenMigratedAsync(configuration));
        var app = Build(configuration, folder, database, sandbox);
        try
        {
            await StartAsync(app, configuration, folder, sandbox);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop before it was ready.
            return 0;
        }
        finally
        {
            await Task.WhenAny(Task.Run(async () => await app.DisposeAsync(), CancellationToken.None), Task.Delay(DisposalLimit, CancellationToken.None));
        }
    }

    internal static WebApplication Build(TomConfiguration configuration, DataFolder folder, TomDatabase database, SandboxServices? sandbox)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        var web = new WebListener(configuration.Http);
        builder.WebHost.ConfigureKestrel(web.Configure);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopLimit);
        builder.Services.AddTomLogging(configuration.Log.Format, configuration.IsSandbox);
        builder.Host.UseOrleans(silo => silo.AddTom(configuration, database, sandbox is null ? null : sandbox.Connect));
        builder.Services.AddTomAuthentication(folder.Path, openOnLoopback: configuration.IsSandbox);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddTelemetry(configuration.Cluster.Name, Banner.Version);
        builder.AddTomPages();

        // After Orleans, so that it is started last and stopped first.
        builder.Services.AddTomStreams();
        if (sandbox is not null)
        {
            builder.Services.AddHostedService(_ => sandbox.NewSky());
        }

        var app = builder.Build();
        app.UseRequestGuard(web.Names);
        app.UseLoginLimit();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(nameof(TomRole.Reader));
        if (configuration.Cluster.Dashboard)
        {
            app.MapOrleansDashboard(routePrefix: "/cluster").RequireAuthorization(nameof(TomRole.Admin));
        }

        app.MapSignIn();
        app.MapPhotometry();
        app.MapToolkit();
        app.MapTomPages();
        return app;
    }

    /// <summary>Throws <see cref="TomException"/> where it cannot start; then nothing of it listens any more.</summary>
    internal static async Task StartAsync(WebApplication app, TomConfiguration configuration, DataFolder folder, SandboxServices? sandbox)
    {
        try
        {
            if (app.Services.GetRequiredService<TimeProvider>() is DatabaseClock clock)
            {
                await clock.SetAsync(app.Services.GetRequiredService<TomDatabase>());
            }

            var tokens = app.Services.GetRequiredService<TokenRoles>();
            var tokenFile = await AdminTokenFile.EnsureAsync(folder.Path, configuration.Cluster.Name, tokens);
            AdminTokenFile.Point(configuration.Cluster.GatewayPort, tokenFile);
            await app.StartAsync();
            Banner.Print(app, configuration, tokenFile, sandbox);
        }
        catch (Exception failure) when (failure is not TomException)
        {
            // A silo that is disposed of while parts of it run ends the process.
            await StartFailure.StopAsync(app);
            if (failure is OperationCanceledException && app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                throw;
            }

            throw StartFailure.Of(failure, configuration);
        }
    }
}
