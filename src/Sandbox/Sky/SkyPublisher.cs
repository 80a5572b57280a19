using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Sky;

/// <summary>Publishes a simulated sky as Hermes messages: first its history, then a visit each interval.</summary>
public sealed class SkyPublisher
{
    private const int AtOnce = 64;

    private readonly IMessagePublisher _publisher;
    private readonly SkyPublisherOptions _options;
    private readonly Dictionary<string, string> _topics;
    private long _messages;
    private long _points;
    private long _failed;
    private bool _historyIsOut;

    public SkyPublisher(IMessagePublisher publisher, SkyPublisherOptions? options = null)
    {
        _publisher = publisher;
        _options = options ?? new SkyPublisherOptions();
        ArgumentOutOfRangeException.ThrowIfZero(_options.Topics.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Interval, TimeSpan.FromMilliseconds(1), nameof(options));
        Sky = new SkySimulator(_options.Seed, _options.TimeProvider.GetUtcNow(), _options.Interval);
        _topics = Sky.Targets.Index().ToDictionary(t => t.Item.Name, t => _options.Topics[t.Index % _options.Topics.Count]);
    }

    public SkySimulator Sky { get; }

    /// <summary>Messages that the broker has.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Photometry rows in them.</summary>
    public long Points => Volatile.Read(ref _points);

    /// <summary>Live messages that the broker refused or did not take in time; they are not repeated.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Publishes the four weeks before the start, once; a second call does nothing. Completes when the broker has them all.</summary>
    /// <exception cref="PublishRefusedException">The broker refused; calling again starts over, with the same ids.</exception>
    public async Task PublishHistoryAsync(CancellationToken cancellationToken = default)
    {
        if (_historyIsOut)
        {
            return;
        }

        foreach (var chunk in Sky.History().Chunk(AtOnce))
        {
            await Task.WhenAll(chunk.Select(visit => PublishAsync(visit, cancellationToken)));
        }

        _historyIsOut = true;
    }

    /// <summary>Publishes the history, if that was not done, and then the live visits, each when its time has come, until cancelled. Does not throw then.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PublishHistoryAsync(cancellationToken);
            foreach (var visit in Sky.Live())
            {
                var wait = visit.Time - _options.TimeProvider.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _options.TimeProvider, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                await TryPublishAsync(visit, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task TryPublishAsync(Visit visit, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(visit, cancellationToken);
        }
        catch (PublishRefusedException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private async Task PublishAsync(Visit visit, CancellationToken cancellationToken)
    {
        await _publisher.PublishAsync(SkyMessage.From(visit, _topics[visit.Target.Name], _options.Sender), cancellationToken);
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _points, visit.Observations.Count);
    }
}
