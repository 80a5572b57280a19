using System.Net;
using Microsoft.Extensions.Logging.Console;
using Orleans.Dashboard;
using Orleans.Serialization;
using TomOrleans.Grains;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Log;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Sharing;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Live;
using TomOrleans.Silo.Security;
using TomOrleans.Storage;

namespace TomOrleans.Silo.Hosting;

/// <summary>What a silo is made of.</summary>
public static class SiloFeatures
{
    /// <param name="silo">To be built.</param>
    /// <param name="configuration">Checked.</param>
    /// <param name="database">Migrated.</param>
    /// <param name="connect">Fills the addresses of the sandbox's own services into a configuration; null where none run.</param>
    public static void AddTom(this ISiloBuilder silo, TomConfiguration configuration, TomDatabase database, Func<TomConfiguration, TomConfiguration>? connect = null)
    {
        silo.AddClustering(configuration.Cluster, database);
        silo.UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = (OrleansSchema.Invariant(database.Kind), database.OrleansDataSource));
        silo.AddAdoNetGrainStorageAsDefault(options =>
        {
            (options.Invariant, options.DataSource) = (OrleansSchema.Invariant(database.Kind), database.OrleansDataSource);
            options.GrainStorageSerializer = new JsonStateSerializer();
        });
        foreach (var plugin in configuration.Plugins)
        {
            silo.Services.AddSerializer(serializer => serializer.AddAssembly(plugin.Assembly));
        }

        if (database.Kind == SqlDialect.PostgreSql)
        {
            silo.Services.UseDatabaseClock();
        }

        silo.AddTomStorage(database);
        silo.AddTomSecurity();
        silo.AddEvents();
        silo.AddTargets();
        silo.AddAlerts(StreamDefinitions.Of(configuration));
        silo.Services.AddSharing(Destinations.Of(configuration), configuration.TomName);
        silo.Services.AddNotices(configuration.Notices);
        silo.AddOperations(
            new(configuration.TomName, configuration.IsSandbox),
            new(Banner.Version, configuration.DataPath, new IPEndPoint(configuration.Cluster.AdvertisedAddress, configuration.Cluster.GatewayPort).ToString()));
        silo.Services.AddSingleton<IConfigurationFile>(services => new ConfigurationFile(
            configuration,
            connect,
            services.GetRequiredService<StreamHost>(),
            services.GetRequiredService<DestinationCatalog>(),
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<ILogger<ConfigurationFile>>()));
        if (Telemetry.HasTraceReceiver)
        {
            silo.AddActivityPropagation();
        }

        if (configuration.Cluster.Dashboard)
        {
            silo.AddDashboard();
        }
    }

    /// <summary>The silos of a cluster have one time: that of their database.</summary>
    private static void UseDatabaseClock(this IServiceCollection services)
    {
        var machine = services.LastOrDefault(service => service.ServiceType == typeof(TimeProvider) && !service.IsKeyedService)?.ImplementationInstance as TimeProvider;
        services.AddSingleton<TimeProvider>(new DatabaseClock(machine ?? TimeProvider.System));
    }

    public static IServiceCollection AddTomLogging(this IServiceCollection services, LogFormat format, bool isSandbox) => services.AddLogging(logging =>
    {
        logging.ClearProviders();
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
        }

        logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter(nameof(TomOrleans), LogLevel.Information)

            // ASP.NET's base class tells of each request that is turned away in the name of ours.
            .AddFilter(typeof(TokenAuthenticationHandler).FullName, LogLevel.Warning)

            // Orleans advises the server collector, which was measured to be the wrong one here (docs/decisions/0011), at every start.
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)

            // The keys of the cookies are files that only this account can read: on Linux there is nothing else to encrypt them with.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)

            // Orleans' watchdog reports the time since boot as a stalled check at every start.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        if (isSandbox)
        {
            // It has the handler log on every topic, and prints what to try: that is to stay in sight.
            logging.AddFilter(typeof(LogHandlerGrain).FullName, LogLevel.Warning);
        }
    });
}
