using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TomOrleans.Events;

namespace TomOrleans.Grains.Events;

/// <summary>Registers the events in a silo.</summary>
public static class EventsHosting
{
    /// <summary>Where events of memory streams' explicit subscribers are listed, as Orleans names it.</summary>
    private const string SubscriberStore = "PubSubStore";

    /// <summary>The stream and its publisher. Needs the storage tables. Nothing of it outlives the cluster: subscribers that are not implicit subscribe again when they start.</summary>
    public static ISiloBuilder AddEvents(this ISiloBuilder silo)
    {
        silo.AddMemoryGrainStorage(SubscriberStore);
        silo.AddMemoryStreams(TomEvents.Provider, streams =>
        {
            // One stream needs one queue; each further one is asked all the time for nothing.
            streams.ConfigurePartitioning(1);
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(200);
                options.MaxEventDeliveryTime = TimeSpan.FromSeconds(10);
            }));
            streams.ConfigureCacheEviction(cache => cache.Configure(options =>
            {
                options.DataMinTimeInCache = TimeSpan.FromSeconds(5);
                options.DataMaxAgeInCache = TimeSpan.FromSeconds(30);
            }));
        });
        silo.Services.AddMetrics();
        silo.Services.AddEventQueue();
        silo.Services.AddSingleton<EventsInstruments>();
        silo.Services.AddHostedService<EventPublisher>();
        return silo;
    }

    /// <summary>For a feature that tells of what happened; where nobody publishes it, the oldest is dropped.</summary>
    internal static IServiceCollection AddEventQueue(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventQueue>();
        return services;
    }
}
