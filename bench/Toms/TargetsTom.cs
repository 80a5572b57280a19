using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TomOrleans.Alerts;
using TomOrleans.Grains;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Bench.Toms;

/// <summary>A silo with targets and their tables in this process, and nothing else.</summary>
internal sealed class TargetsTom : IAsyncDisposable
{
    private const long Start = 1_600_000_000_000_000;
    private const int Batch = 5_000;
    private readonly IHost _host;
    private readonly Store _store;
    private int _targets;

    private TargetsTom(IHost host, Store store) => (_host, _store) = (host, store);

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <param name="store">Its tables; goes with it.</param>
    /// <param name="idle">After how long a target that nobody calls is let go; null for the silo's own.</param>
    public static async Task<TargetsTom> StartAsync(Store store, TimeSpan? idle = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort())
            .AddTomStorage(store.Database)
            .AddTargets()
            .AddOperations(new TomIdentity("Benchmark", IsSandbox: false), new SiloIdentity("0", "none", "none"))
            .Configure<GrainCollectionOptions>(options =>
            {
                if (idle is { } age)
                {
                    options.CollectionQuantum = TimeSpan.FromSeconds(1);
                    options.ClassSpecificCollectionAge[typeof(TargetGrain).FullName!] = age;
                }
            }));
        var host = builder.Build();
        await host.StartAsync();
        return new(host, store);
    }

    /// <summary>A new target that holds so many points.</summary>
    public async Task<(long Id, string Name)> AddTargetAsync(int points)
    {
        var name = $"T{++_targets}";
        var (id, _) = await _host.Services.GetRequiredService<TargetTable>().CreateAsync(new([new(name, TargetNames.Normalise(name))], null, null, "bench", 0));
        foreach (var batch in Enumerable.Range(0, points).Chunk(Batch))
        {
            await Grains.Target(id).RecordPhotometryAsync([.. batch.Select(Point)]);
        }

        return (id, name);
    }

    /// <summary>The way of a handler's batch: its names to targets, its points to them.</summary>
    public async Task TouchAsync(ImmutableArray<Alert> alerts)
    {
        var (resolver, calls) = (_host.Services.GetRequiredService<TargetResolver>(), _host.Services.GetRequiredService<TargetCalls>());
        var batch = new PhotometryBatch(alerts, new Verdict?[alerts.Length]);
        await resolver.ResolveAsync([.. alerts.Select(alert => TargetNames.Normalise(alert.Report!.Points[0].TargetName))]);
        if (!batch.Assign(resolver.FindCached))
        {
            throw new BenchException("Not all targets were found.");
        }

        await calls.RecordAsync(batch);
    }

    public async Task<int> ActiveTargetsAsync() =>
        (await Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics()).Where(grain => grain.GrainType.Contains(nameof(TargetGrain), StringComparison.Ordinal)).Sum(grain => grain.ActivationCount);

    /// <summary>Imports a CSV text of so many rows into the target; throws where not all of them are stored.</summary>
    public async Task ImportAsync(string target, int rows)
    {
        var text = new StringBuilder("time,filter,magnitude,error,unit,telescope,source\n");
        for (var i = 0; i < rows; i++)
        {
            var point = Point(i);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{CanonicalTime.Format(point.Time.UtcMicroseconds)},{point.Bandpass},{point.Brightness},0.02,AB mag,P48,ZTF\n");
        }

        var import = Grains.PhotometryImport(Guid.NewGuid());
        foreach (var (number, part) in Encoding.UTF8.GetBytes(text.ToString()).Chunk(PhotometryImportRequest.MaxPart).Index())
        {
            await import.UploadAsync(number, part);
        }

        await import.StartAsync(new() { FileName = "bench.csv", Target = target });
        PhotometryImportStatus status;
        while (!(status = await import.GetStatusAsync()).HasEnded)
        {
            await Task.Delay(10);
        }

        if (status.Count(ImportFate.Stored) != rows)
        {
            throw new BenchException($"Stored are {status.Count(ImportFate.Stored):N0} of {rows:N0} rows: {status.Reason}");
        }
    }

    public static PhotometryPoint Point(int number) => new()
    {
        Time = new(Start + (number * 60_000_000L)),
        Bandpass = "r",
        Telescope = "P48",
        Brightness = 18 + (number % 100 * 0.01),
        BrightnessError = 0.02,
        BrightnessUnit = BrightnessUnit.AbMagnitude,
        Origin = "ZTF",
    };

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
