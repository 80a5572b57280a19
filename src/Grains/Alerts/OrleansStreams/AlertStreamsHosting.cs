using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.OrleansStreams;

/// <summary>Registers the Orleans streams of alerts in a silo.</summary>
public static class AlertStreamsHosting
{
    /// <summary>Few queues, as each is asked all the time; partitions are spread over them.</summary>
    private const int Queues = 4;

    /// <summary>Costs a little also where nobody listens, so it is called where a topic has the handler. Needs the events' store of subscribers.</summary>
    internal static ISiloBuilder AddAlertStreams(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<StreamAllowance>();
        silo.Services.Configure<HashRingStreamQueueMapperOptions>(AlertStreams.Provider, options => options.TotalQueueCount = Queues);
        silo.AddPersistentStreams(
            AlertStreams.Provider,
            (services, name) => new AlertQueues(
                MemoryAdapterFactory<DefaultMemoryMessageBodySerializer>.Create(services, name),
                ActivatorUtilities.CreateInstance<DefaultMemoryMessageBodySerializer>(services),
                services.GetRequiredService<ILoggerFactory>()),
            streams => streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(100);

                // A subscriber that does not answer for so long loses the alert, and the others go on.
                options.MaxEventDeliveryTime = TimeSpan.FromSeconds(10);
            })));
        return silo;
    }
}
