using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Notices;
using TomOrleans.Operations;
using TomOrleans.Sharing;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans;

/// <summary>Typed key to grain reference: the only place that makes grain keys.</summary>
public static class GrainFactoryExtensions
{
    extension(IGrainFactory grains)
    {
        public ITopicGrain Topic(TopicName name) => grains.GetGrain<ITopicGrain>(name.ToString());

        public ITopicWorkerGrain TopicWorker(TopicPartitionName partition) => grains.GetGrain<ITopicWorkerGrain>(partition.ToString());

        public IStreamGrain Stream(string id) => grains.GetGrain<IStreamGrain>(id);

        public IPublisherGrain Publisher(string stream) => grains.GetGrain<IPublisherGrain>(stream);

        public IMessagesGrain Messages() => grains.GetGrain<IMessagesGrain>(0);

        public IReplaysGrain Replays() => grains.GetGrain<IReplaysGrain>(0);

        public IParkedGrain Parked() => grains.GetGrain<IParkedGrain>(0);

        public ISkyEventsGrain SkyEvents() => grains.GetGrain<ISkyEventsGrain>(0);

        public ITargetGrain Target(long id) => grains.GetGrain<ITargetGrain>(id);

        public ITargetPhotometryGrain TargetPhotometry(long id) => grains.GetGrain<ITargetPhotometryGrain>(id);

        public ITargetSpectraGrain TargetSpectra(long id) => grains.GetGrain<ITargetSpectraGrain>(id);

        public ISpectraGrain Spectra() => grains.GetGrain<ISpectraGrain>(0);

        public IPhotometryImportGrain PhotometryImport(Guid id) => grains.GetGrain<IPhotometryImportGrain>(id);

        public IMovingInGrain MovingIn(string site) => grains.GetGrain<IMovingInGrain>(site);

        public ITargetDirectoryGrain TargetDirectory() => grains.GetGrain<ITargetDirectoryGrain>(0);

        public IDataProductsGrain DataProducts() => grains.GetGrain<IDataProductsGrain>(0);

        public ITargetListsGrain TargetLists() => grains.GetGrain<ITargetListsGrain>(0);

        public ISharingGrain Sharing(string destination) => grains.GetGrain<ISharingGrain>(destination);

        public ISharesGrain Shares() => grains.GetGrain<ISharesGrain>(0);

        public IContinuousSharesGrain ContinuousShares() => grains.GetGrain<IContinuousSharesGrain>(0);

        public IEventFeedGrain EventFeed() => grains.GetGrain<IEventFeedGrain>(TomEvents.Key);

        public INoticesGrain Notices() => grains.GetGrain<INoticesGrain>(0);

        public IAuditGrain Audit() => grains.GetGrain<IAuditGrain>(0);

        public IRetractionsGrain Retractions() => grains.GetGrain<IRetractionsGrain>(0);

        public ISiloGrain Silo(SiloAddress address) => grains.GetGrain<ISiloGrain>(address.ToParsableString());

        public ISiloTargetsGrain SiloTargets(SiloAddress address) => grains.GetGrain<ISiloTargetsGrain>(address.ToParsableString());

        public ITomGrain Tom() => grains.GetGrain<ITomGrain>(0);
    }
}
