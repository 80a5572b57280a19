using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using TomOrleans.Testing;

namespace TomOrleans.Storage.Tests.Orleans;

/// <summary>A silo on free loopback ports whose state and reminders, and where asked its membership, are in a database.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    /// <summary>Shorter than Orleans' minimum of a minute.</summary>
    public static readonly TimeSpan ReminderPeriod = TimeSpan.FromSeconds(1);

    private readonly IHost _host;
    private bool _stopped;

    private TestSilo(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IGrainStorage Storage => Services.GetRequiredService<IGrainStorage>();

    public const string DeletingStorage = "deleting";

    public static async Task<TestSilo> StartAsync(TomDatabase database, string name, bool clustered)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var (invariant, source) = (OrleansSchema.Invariant(database.Kind), database.OrleansDataSource);
        builder.UseOrleans(silo =>
        {
            if (clustered)
            {
                silo.UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (invariant, source));
                silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("test", "test"));
                silo.ConfigureEndpoints(IPAddress.Loopback, FreePort.Next(), FreePort.Next());
            }
            else
            {
                silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next(), serviceId: "test", clusterId: "test");
            }

            silo.Configure<SiloOptions>(options => options.SiloName = name);
            silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = ReminderPeriod);
            silo.UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = (invariant, source));
            silo.AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.DataSource) = (invariant, source));
            silo.AddAdoNetGrainStorage(DeletingStorage, options => (options.Invariant, options.DataSource, options.DeleteStateOnClear) = (invariant, source, true));
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async Task StopAsync()
    {
        _stopped = true;
        await _host.StopAsync();
    }

    /// <summary>Stops first: a silo disposed while it runs ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        _host.Dispose();
    }
}
