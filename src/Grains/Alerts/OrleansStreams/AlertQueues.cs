using Microsoft.Extensions.Logging;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace TomOrleans.Grains.Alerts.OrleansStreams;

/// <summary>
/// Orleans' memory streams with a cache of larger blocks: theirs has blocks of 1 MiB, and a message that does not fit into one, as alerts with a sky map do not, would stop its queue for good.
/// </summary>
internal sealed class AlertQueues(IQueueAdapterFactory memory, DefaultMemoryMessageBodySerializer serializer, ILoggerFactory loggers) : IQueueAdapterFactory, IQueueAdapterCache
{
    /// <summary>Value and key of one alert [bytes]; what else it has fits into the rest of a block.</summary>
    public const int LargestAlert = 6 << 20;

    private const int BlockSize = 8 << 20;

    private readonly ObjectPool<FixedSizeBuffer> _blocks = new(() => new FixedSizeBuffer(BlockSize));
    private readonly TimePurgePredicate _purge = new(TimeSpan.FromSeconds(5), StreamAllowance.Window);

    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) => memory.CreateAdapter(cancellationToken);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => memory.GetStreamQueueMapper();

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => memory.GetDeliveryFailureHandler(queueId);

    public IQueueCache CreateQueueCache(QueueId queueId) => new MemoryPooledCache<DefaultMemoryMessageBodySerializer>(
        _blocks, _purge, loggers.CreateLogger<AlertQueues>(), serializer, cacheMonitor: null, monitorWriteInterval: null, purgeMetadataInterval: null);
}
