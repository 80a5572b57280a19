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
    private readonly CancellationTokenSource _stopping = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in catalog.Streams)
        {
            await RunAsync(stream, cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Other streams that are being taken over just now: that does not wait any longer for what hangs.
        await _stopping.CancelAsync();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await EndAsync([.. _running.Keys], cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Takes other streams over. Those that changed or are gone are stopped in order, which makes their cursors durable; then the catalog changes; then what is new or changed is started, and reads on at the cursors.
    /// All others go on undisturbed. Throws what a stream could not be started for, when all others are; repeating tries those again.
    /// </summary>
    /// <param name="definitions">All streams from now on.</param>
    /// <param name="changed">The ids of those that differ from what runs.</param>
    /// <param name="stopLimit">How long the stops together wait for what is in flight. What hangs longer is left behind, and holds up no start.</param>
    public async Task ReplaceAsync(IReadOnlyCollection<StreamDefinition> definitions, IReadOnlySet<string> changed, TimeSpan stopLimit)
    {
        await _turn.WaitAsync();
        try
        {
            ThrowIfStopping();
            string[] ending = [.. _running.Keys.Where(id => changed.Contains(id) || definitions.All(stream => stream.Id != id))];
            var handlers = ending.SelectMany(board.HandlersOf).ToArray();
            using (var limit = new CancellationTokenSource(stopLimit, time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token))
            {
                await EndAsync(ending, either.Token);
            }

            await ForgetAsync(handlers);
            ThrowIfStopping();
            catalog.Replace(definitions);
            var faults = new List<Exception>();
            foreach (var stream in catalog.Streams.Where(stream => !_running.ContainsKey(stream.Id)))
            {
                try
                {
                    await RunAsync(stream, CancellationToken.None);
                }
                catch (Exception fault)
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

    public void Dispose()
    {
        _turn.Dispose();
        _stopping.Dispose();
    }

    private void ThrowIfStopping()
    {
        if (_stopping.IsCancellationRequested)
        {
            throw new TomException(TomFault.Unavailable, "This silo is stopping.");
        }
    }

    private async Task RunAsync(StreamDefinition stream, CancellationToken cancellationToken)
    {
        var sink = ActivatorUtilities.CreateInstance<GrainStreamSink>(services, stream);
        var consumer = new StreamConsumer(stream.Settings, sink, loggers.CreateLogger<StreamConsumer>(), time);
        var reader = new CatchUpReader(stream.Settings, loggers.CreateLogger<CatchUpReader>(), time);
        streams.Add(stream.Id, consumer, reader);
        try
        {
            await consumer.StartAsync(cancellationToken);
        }
        catch
        {
            streams.Remove(stream.Id);
            await consumer.DisposeAsync();
            await reader.DisposeAsync();
            throw;
        }

        // What did not start does not run, so that a repeated order starts it.
        _running[stream.Id] = (consumer, reader);
        LogStarted(_log, stream.Id, string.Join(", ", stream.Settings.Topics));
    }

    private async Task EndAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await Task.WhenAll(ids.Select(id => _running[id].Consumer.StopAsync(cancellationToken)));
        foreach (var id in ids)
        {
            _running.Remove(id, out var stopped);
            streams.Remove(id);
            await stopped.Consumer.DisposeAsync();
            await stopped.Reader.DisposeAsync();
        }
    }

    /// <summary>Handlers may keep their options; the next batch meets a new activation.</summary>
    private async Task ForgetAsync(IEnumerable<HandlerKey> handlers)
    {
        // Together: each that hangs is waited for until the call times out.
        var calls = from key in handlers
                    let definition = catalog.Find(key)
                    where definition is not null
                    select grains.GetGrain<IGrainManagementExtension>(GrainId.Create($"{definition.Name}-handler", key.ToString())).DeactivateOnIdle().AsTask();
        await Task.WhenAll(calls.ToArray()).WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream {Stream} subscribes to {Topics}")]
    private static partial void LogStarted(ILogger log, string stream, string topics);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stream {Stream} could not be started; the others go on")]
    private static partial void LogNotStarted(ILogger log, Exception fault, string stream);
}
