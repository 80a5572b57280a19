using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>Messages for every partition, again and again, until it is stopped.</summary>
public sealed class Load : IAsyncDisposable
{
    private const int PerPartitionAndRound = 8;
    public const int Targets = 50;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _stop = new();
    private readonly StreamProducer _producer;
    private readonly List<string> _points = [];
    private readonly Task _producing;

    public Load(EmbeddedKafka kafka)
    {
        _producer = new(new Dictionary<string, string> { ["bootstrap.servers"] = kafka.BootstrapServers });
        _producing = ProduceAsync();
    }

    /// <summary>So many messages at once, the same number for each partition.</summary>
    public static async Task ProduceAsync(EmbeddedKafka kafka, int count)
    {
        using var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = kafka.BootstrapServers });
        await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
            producer.PublishAsync(ClusterScene.Topic, PointSeries.Message(i, Targets, partition: i % ClusterScene.Partitions).Record)));
    }

    /// <summary>All points produced, when the broker has acknowledged them; sorted. Messages a second: 640.</summary>
    public async Task<List<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _producing;
        _points.Sort(StringComparer.Ordinal);
        return _points;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _producer.Dispose();
        _stop.Dispose();
    }

    private async Task ProduceAsync()
    {
        using var timer = new PeriodicTimer(Round);
        var sends = new List<Task>();
        do
        {
            for (var i = 0; i < PerPartitionAndRound * ClusterScene.Partitions; i++)
            {
                var (point, record) = PointSeries.Message(_points.Count, Targets, partition: i % ClusterScene.Partitions);
                _points.Add(point);
                sends.Add(_producer.PublishAsync(ClusterScene.Topic, record));
            }
        }
        while (await NextAsync(timer));
        await Task.WhenAll(sends);
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
