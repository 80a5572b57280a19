using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Runs this silo's consumer of each configured stream. Registered after Orleans, so that it stops first: it leaves the consumer groups and waits for what is in flight while
/// the grains still answer.
/// </summary>
public sealed partial class StreamHost(
    StreamCatalog catalog, LocalStreams streams, LaneBoard board, IGrainFactory grains, IServiceProvider services, TimeProvider time, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<StreamHost>();
    private readonly Dictionary<string, (StreamConsumer Consumer, CatchUpReader Reader)> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isStopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in catalog.Streams)
        {
            await RunAsync(stream, cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _isStopped = true;
            await EndAsync([.. _running.Keys], cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Takes other streams over. Those that changed or are gone are stopped in order, which makes their cursors durable; then the catalog changes; then what is new or changed is started, and reads on at the cursors.
    /// All others go on undisturbed. Throws what a stream could not be started for, when all others are.
    /// </summary>
    /// <param name="definitions">All streams from now on.</param>
    /// <param name="changed">The ids of those that differ from what runs.</param>
    /// <param name="cancellation">Of the stops.</param>
    public async Task ReplaceAsync(IReadOnlyCollection<StreamDefinition> definitions, IReadOnlySet<string> changed, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_isStopped)
            {
                throw new TomException(TomFault.Unavailable, "This silo is stopping.");
            }

            string[] ending = [.. _running.Keys.Where(id => changed.Contains(id) || definitions.All(stream => stream.Id != id))];
            var handlers = ending.SelectMany(board.HandlersOf).ToArray();
            await EndAsync(ending, cancellation);
            await ForgetAsync(handlers);
            catalog.Replace(definitions);
            var faults = new List<Exception>();
            foreach (var stream in catalog.Streams.Where(stream => !_running.ContainsKey(stream.Id)))
            {
                try
                {
                    await RunAsync(stream, cancellation);
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    faults.Add(fault);
                    LogNotStarted(_log, fault, stream.Id);
                }
            }

            if (faults.Count > 0)
            {
                throw new TomException(TomFault.Unavailable, OneLine.Of(faults[0].Message), faults[0]);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task RunAsync(StreamDefinition stream, CancellationToken cancellationToken)
    {
        var sink = ActivatorUtilities.CreateInstance<GrainStreamSink>(services, stream);
        var consumer = new StreamConsumer(stream.Settings, sink, loggers.CreateLogger<StreamConsumer>(), time);
        var reader = new CatchUpReader(stream.Settings, loggers.CreateLogger<CatchUpReader>(), time);
        _running[stream.Id] = (consumer, reader);
        streams.Add(stream.Id, consumer, reader);
        await consumer.StartAsync(cancellationToken);
        LogStarted(_log, stream.Id, string.Join(", ", stream.Settings.Topics));
    }

    private async Task EndAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await Task.WhenAll(ids.Select(id => _running[id].Consumer.StopAsync(cancellationToken)));
        foreach (var id in ids)
        {
            var (consumer, reader) = _running[id];
            await consumer.DisposeAsync();
            await reader.DisposeAsync();
            streams.Remove(id);
            _running.Remove(id);
        }
    }

    /// <summary>Handlers may keep their options; the next batch meets a new activation.</summary>
    private async Task ForgetAsync(IEnumerable<HandlerKey> handlers)
    {
        foreach (var key in handlers)
        {
            if (catalog.Find(key) is { } definition)
            {
                var handler = GrainId.Create($"{definition.Name}-handler", key.ToString());
                await grains.GetGrain<IGrainManagementExtension>(handler).DeactivateOnIdle().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream {Stream} subscribes to {Topics}")]
    private static partial void LogStarted(ILogger log, string stream, string topics);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stream {Stream} could not be started; the others go on")]
    private static partial void LogNotStarted(ILogger log, Exception fault, string stream);
}
