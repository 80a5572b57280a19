using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Bench.Measuring;
using TomOrleans.Grains.Alerts;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Hosting;
using TomOrleans.Storage;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Toms;

/// <summary>A whole TOM in this process, put together as the silo program does it, but for its web page; its stream is started when it is to be measured.</summary>
internal sealed class BenchTom : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly IHost _host;

    private BenchTom(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    /// <param name="configuration">Ports, streams.</param>
    /// <param name="database">Migrated; stays open when the TOM goes.</param>
    /// <param name="change">What is registered after all else and so takes its place.</param>
    public static async Task<BenchTom> StartAsync(TomConfiguration configuration, TomDatabase database, Action<IServiceCollection>? change = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error).AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.UseOrleans(silo =>
        {
            silo.AddTom(configuration, database);
            change?.Invoke(silo.Services);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <summary>
    /// Reads the whole load as the silo's own host does, with a consumer and a reader for handlers that fell behind. Returns when the clock's handlers, or else those that are live, have
    /// a fate for every message.
    /// </summary>
    public async Task<Measurement> IngestAsync(StreamDefinition stream, long messages, HandlerClock? clock = null)
    {
        var loggers = Services.GetRequiredService<ILoggerFactory>();
        var watched = new WatchedSink(ActivatorUtilities.CreateInstance<GrainStreamSink>(Services, stream), messages);
        var settings = Alone(stream.Settings);
        await using var reader = new CatchUpReader(settings, loggers.CreateLogger<CatchUpReader>(), TimeProvider.System);
        await using var consumer = new StreamConsumer(settings, watched, loggers.CreateLogger<StreamConsumer>(), TimeProvider.System);
        Services.GetRequiredService<LocalStreams>().Add(stream.Id, consumer, reader);
        await consumer.StartAsync(CancellationToken.None);
        return clock is null ? await watched.MeasuredAsync(Patience) : watched.Start.Until(await clock.EndAsync(Patience), messages) with { Batches = watched.Batches };
    }

    /// <summary>Without grains.</summary>
    public static async Task<Measurement> IngestAsync(StreamSettings settings, IStreamSink sink, long messages, ILoggerFactory loggers)
    {
        var watched = new WatchedSink(sink, messages);
        await using var consumer = new StreamConsumer(Alone(settings), watched, loggers.CreateLogger<StreamConsumer>(), TimeProvider.System);
        await consumer.StartAsync(CancellationToken.None);
        return await watched.MeasuredAsync(Patience);
    }

    private static StreamSettings Alone(StreamSettings settings) => settings with { GroupId = $"{settings.GroupId}-{Guid.NewGuid():N}" };

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        switch (_host)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            default:
                _host.Dispose();
                break;
        }
    }
}
