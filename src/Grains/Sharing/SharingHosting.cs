using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Sharing.Continuous;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Storage.Products;
using TomOrleans.Storage.Sharing.Audit;
using TomOrleans.Storage.Sharing.Retractions;

namespace TomOrleans.Grains.Sharing;

/// <summary>Registers sharing in a silo.</summary>
public static class SharingHosting
{
    /// <summary>
    /// The destinations of DATA_SHARING and what sends to them. Needs the storage tables. Call it after Orleans is registered: the sweeper calls grains, and hosted services start in order.
    /// </summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="destinations">The active entries, checked.</param>
    /// <param name="tomName">TOM_NAME.</param>
    public static IServiceCollection AddSharing(this IServiceCollection services, IEnumerable<DestinationOptions> destinations, string tomName)
    {
        var checkedNow = destinations.ToArray();
        services.AddEventQueue();
        services.AddMetrics();
        services.AddSingleton(provider => new DestinationCatalog(checkedNow, tomName, provider.GetRequiredService<TimeProvider>(), provider.GetService<ITopicSearch>(), provider.GetRequiredService<ProductTable>()));
        services.AddSingleton<SharingInstruments>();
        services.AddSingleton<DestinationReader>();
        services.AddSingleton<ShareReader>();
        services.AddSingleton<OwnSubmissions>();
        services.AddSingleton<OutboxSweeper>();
        services.AddSingleton<AuditTable>();
        services.AddSingleton<RetractionTable>();
        services.AddSingleton<WithdrawnMessages>();
        services.AddSingleton<ContinuousGatherer>();
        services.AddSingleton<ContinuousService>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxSweeper>());
        services.AddHostedService<AttemptSweeper>();
        services.AddHostedService<RetractionWatch>();
        return services.AddHostedService(provider => provider.GetRequiredService<ContinuousService>());
    }
}
