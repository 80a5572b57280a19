using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Hermes;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Grains.Alerts.Log;
using TomOrleans.Grains.Alerts.Latency;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Grains.Alerts.OrleansStreams;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Alerts.Replays;
using TomOrleans.Grains.Alerts.Shadow;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Placement;
using TomOrleans.Grains.Security;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Grains.SkyEvents;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Homes;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Grains.Targets.MovingIn;
using TomOrleans.Grains.Webhooks;
using TomOrleans.Storage;
using TomOrleans.Storage.Control;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.MovingIn;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Replays;
using TomOrleans.Storage.Products;
using TomOrleans.Storage.Security;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Storage.SkyEvents;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Grains;

/// <summary>Registers the features in a silo, one method each.</summary>
public static class GrainsHosting
{
    /// <summary>The tables and the group-commit writer of this silo.</summary>
    public static ISiloBuilder AddTomStorage(this ISiloBuilder silo, TomDatabase database)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.LetFaultsTravel();
        silo.Services.AddSingleton(database);
        silo.Services.AddSingleton<GroupCommitWriter>();
        silo.Services.AddSingleton<IIngestWriter>(services => services.GetRequiredService<GroupCommitWriter>());
        silo.Services.AddSingleton<TargetTable>();
        silo.Services.AddSingleton<TargetUndos>();
        silo.Services.AddSingleton<TargetLists>();
        silo.Services.AddSingleton<LateTargets>();
        silo.Services.AddSingleton<PhotometryTable>();
        silo.Services.AddSingleton<PhotometryRetraction>();
        silo.Services.AddSingleton<SpectrumTable>();
        silo.Services.AddSingleton<CursorTable>();
        silo.Services.AddSingleton<ControlTable>();
        silo.Services.AddSingleton<ParkedTable>();
        silo.Services.AddSingleton<ParkedFates>();
        silo.Services.AddSingleton<MessageTable>();
        silo.Services.AddSingleton<MessageRetention>();
        silo.Services.AddSingleton<ReplayTable>();
        silo.Services.AddSingleton<OutboxTable>();
        silo.Services.AddSingleton<ContinuousTable>();
        silo.Services.AddSingleton<SkyEventTable>();
        silo.Services.AddSingleton<SkyEventWriting>();
        silo.Services.AddSingleton<TokenTable>();
        silo.Services.AddSingleton<ProductTable>();
        silo.Services.AddSingleton<MoveTable>();
        return silo;
    }

    /// <summary>Lets clients in by token and role.</summary>
    public static ISiloBuilder AddTomSecurity(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<TokenRoles>();
        silo.Services.AddSingleton<FailedLogins>();
        silo.Services.AddSingleton<ClientSources>();
        silo.AddIncomingGrainCallFilter<ClientCallFilter>();
        return silo;
    }

    public static ISiloBuilder AddTargets(this ISiloBuilder silo)
    {
        // A million targets may be touched in ten minutes: at Orleans' own age of 15 all would be held at once.
        silo.Services.Configure<GrainCollectionOptions>(options =>
        {
            options.ClassSpecificCollectionAge[typeof(TargetGrain).FullName!] = TargetGrain.IdleTime;
            options.CollectionQuantum = TargetGrain.IdleTime / 2;
        });
        silo.Services.AddEventQueue();
        silo.Services.AddSingleton<TargetNameCache>();
        silo.Services.AddSingleton<TargetResolver>();
        silo.Services.AddSingleton<TargetHomes>();
        silo.Services.AddSingleton<TargetCalls>();
        silo.Services.AddSingleton<ImportTargets>();
        silo.Services.AddSingleton<TargetArrival>();
        silo.Services.AddSingleton<DataArrival>();
        silo.AddOwnSiloPlacement();
        silo.AddPlacementDirector<HashBasedPlacement, TargetHomeDirector>();
        return silo;
    }

    public static ISiloBuilder AddAlerts(this ISiloBuilder silo, IEnumerable<StreamDefinition> streams)
    {
        var catalog = new StreamCatalog(streams);
        if (catalog.Streams.Any(stream => stream.Bindings.Any(binding => binding.Handlers.Any(handler => handler.Name == StreamHandlerGrain.Name))))
        {
            silo.AddAlertStreams();
        }

        // Orleans looks twice a second at each stateless worker for what is idle: with a handler a partition that is most of what a thousand quiet topics cost. They go by age.
        silo.Services.Configure<StatelessWorkerOptions>(options => options.RemoveIdleWorkers = false);
        silo.Services.TryAddSingleton<WebhookSender>();
        silo.Services.AddSingleton(catalog);
        silo.Services.AddSingleton<IHandlerOptions>(catalog);
        silo.Services.AddSingleton<LogPace>();
        silo.Services.AddSingleton<HandlerLaneFactory>();
        silo.Services.AddSingleton<HandlerLoads>();
        silo.Services.AddSingleton<HandlerStopFilter>();
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => services.GetRequiredService<HandlerStopFilter>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<HandlerStopFilter>());
        silo.Services.AddSingleton<LaneClaims>();
        silo.Services.AddSingleton<LaneBoard>();
        silo.Services.AddSingleton<LatencyBoard>();
        silo.Services.AddMetrics();
        silo.Services.AddEventQueue();
        silo.Services.AddSingleton<AlertsInstruments>();
        silo.Services.AddSingleton<LocalStreams>();
        silo.Services.AddSingleton<IPartitionSource>(services => services.GetRequiredService<LocalStreams>());
        silo.Services.AddSingleton<ITopicSearch, TopicSearch>();
        silo.Services.AddSingleton<IHeardTopics, HeardTopics>();
        silo.Services.AddSingleton<ParkedRetry>();
        silo.Services.AddSingleton<ParkedRoom>();
        silo.Services.AddSingleton<MessageFates>();
        silo.Services.AddSingleton<ReplayPlanner>();
        silo.Services.AddSingleton<ReplayReader>();
        silo.Services.AddSingleton<ReplayWork>();
        silo.Services.AddSingleton<IShadowHandler, HermesShadow>();
        silo.AddSkyEvents();
        return silo;
    }

    private static void AddSkyEvents(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<SkyEventKeeper>();
        silo.Services.AddSingleton<SkyEventLinks>();
        silo.Services.AddSingleton<IShadowHandler>(services =>
            new SkyEventShadow("gcn-circular", (alert, _) => SkyEventReading.OfCircular(alert), services.GetRequiredService<SkyEventTable>()));
        silo.Services.AddSingleton<IShadowHandler>(services => new SkyEventShadow("gcn-notice", SkyEventReading.OfNotice, services.GetRequiredService<SkyEventTable>()));
    }

    /// <summary>A host that can take its configuration over while it runs registers an <see cref="IConfigurationFile"/> too.</summary>
    public static ISiloBuilder AddOperations(this ISiloBuilder silo, TomIdentity identity, SiloIdentity? self = null)
    {
        silo.Services.AddSingleton(identity);
        silo.Services.AddSingleton(self ?? new("unknown", Environment.CurrentDirectory, ""));
        silo.Services.AddSingleton<SiloChecks>();
        silo.Services.AddSingleton<DatabaseWatch>();
        silo.Services.AddHostedService<MemoryTrim>();
        silo.Services.TryAddSingleton<IConfigurationFile, NoConfigurationFile>();
        silo.AddOwnSiloPlacement();
        return silo;
    }

    /// <summary>The consumers of the configured streams. Call it after Orleans is registered: hosted services stop in reverse order.</summary>
    public static IServiceCollection AddTomStreams(this IServiceCollection services) => services
        .AddSingleton<StreamHost>().AddHostedService(provider => provider.GetRequiredService<StreamHost>()).AddHostedService<ParkedSweeper>().AddHostedService<EndedParkedSweeper>().AddHostedService<RetentionSweeper>().AddHostedService<ReplayRunner>().AddHostedService<ParkedGauge>()
        .AddHostedService(provider => provider.GetRequiredService<DatabaseWatch>()).AddHostedService<OutboxGauge>().AddHostedService<TargetKeeper>().AddHostedService<LateTargetStarter>();
}
