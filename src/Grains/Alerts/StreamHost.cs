using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Runs this silo's consumer of each configured stream. Registered after Orleans, so that it stops first: it leaves the consumer groups and waits for what is in flight while
/// the grains still answer.
/// </summary>
public sealed partial class StreamHost(
    StreamCatalog catalog, LocalStreams streams, IServiceProvider services, TimeProvider time, ILoggerFactory loggers) : IHostedService
{
    private readonly ILogger _log = loggers.CreateLogger<StreamHost>();
    private readonly List<StreamConsumer> _consumers = [];
    private readonly List<CatchUpReader> _readers = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in catalog.Streams)
        {
            var sink = ActivatorUtilities.CreateInstance<GrainStreamSink>(services, stream);
            var consumer = new StreamConsumer(stream.Settings, sink, loggers.CreateLogger<StreamConsumer>(), time);
            var reader = new CatchUpReader(stream.Settings, loggers.CreateLogger<CatchUpReader>(), time);
            _consumers.Add(consumer);
            _readers.Add(reader);
            streams.Add(stream.Id, consumer, reader);
            await consumer.StartAsync(cancellationToken);
            LogStarted(_log, stream.Id, string.Join(", ", stream.Settings.Topics));
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_consumers.Select(consumer => consumer.StopAsync(cancellationToken)));
        foreach (var consumer in _consumers)
        {
            await consumer.DisposeAsync();
        }

        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
        }

        _consumers.Clear();
        _readers.Clear();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream {Stream} subscribes to {Topics}")]
    private static partial void LogStarted(ILogger log, string stream, string topics);
}
