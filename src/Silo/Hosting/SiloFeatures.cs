using Microsoft.Extensions.Logging.Console;
using Orleans.Serialization;
using TomOrleans.Grains;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Notices;
using TomOrleans.Grains.Sharing;
using TomOrleans.Silo.Configuration;
using TomOrleans.Storage;

namespace TomOrleans.Silo.Hosting;

/// <summary>What a silo is made of.</summary>
public static class SiloFeatures
{
    public static void AddTom(this ISiloBuilder silo, TomConfiguration configuration, TomDatabase database)
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

        silo.AddTomStorage(database);
        silo.AddTomSecurity();
        silo.AddEvents();
        silo.AddTargets();
        silo.AddAlerts(StreamDefinitions.Of(configuration));
        silo.Services.AddSharing(Destinations.Of(configuration), configuration.TomName);
        silo.AddOperations(new(configuration.TomName, configuration.IsSandbox));
        silo.Services.AddNotices(configuration.Notices);
    }

    public static IServiceCollection AddTomLogging(this IServiceCollection services, LogFormat format) => services.AddLogging(logging =>
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

            // Orleans' watchdog reports the time since boot as a stalled check at every start.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    });
}
