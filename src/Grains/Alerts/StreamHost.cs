using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Storage.Cursors;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts;

/// <summary>
/// Runs this silo's consumer of each configured stream. Registered after Orleans, so that it stops first: it leaves the consumer groups and waits for what is in flight while
/// the grains still answer.
/// </summary>
public sealed partial class StreamHost(
    StreamCatalog catalog, IGrainFactory grains, CursorTable cursors, ILocalSiloDetails silo, TimeProvider time, ILoggerFactory loggers) : IHostedService
{
    private readonly ILogger _log = loggers.CreateLogger<StreamHost>();
    private readonly List<StreamConsumer> _consumers = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in catalog.Streams)
        {
            var sink = new GrainStreamSink(stream, catalog, grains, cursors, silo.Name);
            var consumer = new StreamConsumer(stream.Settings, sink, loggers.CreateLogger<StreamConsumer>(), time);
            _consumers.Add(consumer);
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

        _consumers.Clear();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream {Stream} subscribes to {Topics}")]
    private static partial void LogStarted(ILogger log, string stream, string topics);
}
