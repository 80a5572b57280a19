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
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
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

    /// <summary>Reads the whole load by the stream's consumer. Returns when every message has its fate with every handler.</summary>
    public Task<Measurement> IngestAsync(StreamDefinition stream, long messages)
    {
        var sink = ActivatorUtilities.CreateInstance<GrainStreamSink>(Services, stream);
        return IngestAsync(stream.Settings, sink, messages, Services.GetRequiredService<ILoggerFactory>());
    }

    public static async Task<Measurement> IngestAsync(StreamSettings settings, IStreamSink sink, long messages, ILoggerFactory loggers)
    {
        var watched = new WatchedSink(sink, messages);
        await using var consumer = new StreamConsumer(
            settings with { GroupId = $"{settings.GroupId}-{Guid.NewGuid():N}" }, watched, loggers.CreateLogger<StreamConsumer>(), TimeProvider.System);
        await consumer.StartAsync(CancellationToken.None);
        return await watched.MeasuredAsync(Patience);
    }

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
