using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Sharing.Kafka;

/// <summary>
/// The connection of a destination, made when it is needed and given up when it failed or was not needed for a while: an idle one of librdkafka that is refused would knock several times a second.
/// Used by one submission at a time.
/// </summary>
internal sealed class KafkaProducer : IDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);

    private readonly DestinationOptions _options;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private readonly ITimer _idle;
    private StreamProducer? _producer;

    public KafkaProducer(DestinationOptions options, TimeProvider time)
    {
        _options = options;
        _idle = time.CreateTimer(_ => _ = CloseAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc cref="StreamProducer.HasTopicAsync"/>
    public Task<bool> HasTopicAsync(string topic) => UseAsync(async producer =>
    {
        if (_topics.Contains(topic))
        {
            return true;
        }

        var has = await producer.HasTopicAsync(topic);
        if (has)
        {
            _topics.Add(topic);
        }

        return has;
    });

    /// <inheritdoc cref="StreamProducer.PublishAsync"/>
    public Task<StreamReceipt> PublishAsync(string topic, OutgoingRecord record) => UseAsync(producer => producer.PublishAsync(topic, record));

    public void Dispose()
    {
        _idle.Dispose();
        _producer?.Dispose();
        _gate.Dispose();
    }

    private async Task<T> UseAsync<T>(Func<StreamProducer, Task<T>> use)
    {
        await _gate.WaitAsync();
        try
        {
            _producer ??= new StreamProducer(_options.Client);
            return await use(_producer);
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            _idle.Change(IdleLimit, Timeout.InfiniteTimeSpan);
            _gate.Release();
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await _gate.WaitAsync();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        try
        {
            Close();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>What it had not handed over is given up with it: nothing is published behind our back.</summary>
    private void Close()
    {
        _producer?.Dispose();
        _producer = null;
        _topics.Clear();
    }
}
