using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Retractions;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>One silo with sharing on a SQLite file of its own, or a PostgreSQL database. The file outlives the silo: <see cref="RestartAsync"/>.</summary>
internal sealed class SharingCluster : IAsyncDisposable
{
    private readonly string _folder;
    private DestinationOptions[] _destinations;
    private readonly TomDatabase _database;
    private InProcessTestCluster? _cluster;

    private SharingCluster(string folder, TomDatabase database, DestinationOptions[] destinations) => (_folder, _database, _destinations) = (folder, database, destinations);

    public IGrainFactory Grains => _cluster!.Client;

    /// <summary>What reads the topics; null where nobody does.</summary>
    public ITopicSearch? Topics { get; private init; }

    /// <summary>Of all silos, one after the other.</summary>
    public OutcomeWatch Outcomes { get; } = new();

    public static Task<SharingCluster> StartAsync(params DestinationOptions[] destinations) => StartAsync(null, destinations);

    public static Task<SharingCluster> StartAsync(ITopicSearch? topics, params DestinationOptions[] destinations) => StartAsync(null, topics, destinations);

    /// <summary>On a server where one is given; skips the test where it is not there.</summary>
    public static async Task<SharingCluster> StartAsync(PostgreSqlServer? server, ITopicSearch? topics, params DestinationOptions[] destinations)
    {
        if (server is not null && await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        var folder = Directory.CreateTempSubdirectory("tom-sharing-").FullName;
        return await StartAsync(folder, server is null ? TomDatabase.OpenSqlite(folder) : TomDatabase.OpenPostgreSql(await server.CreateDatabaseAsync()), topics, destinations);
    }

    /// <summary>On a PostgreSQL database that others may be on too.</summary>
    public static Task<SharingCluster> StartOnAsync(string connectionString, params DestinationOptions[] destinations) =>
        StartAsync(Directory.CreateTempSubdirectory("tom-sharing-").FullName, TomDatabase.OpenPostgreSql(connectionString), null, destinations);

    private static async Task<SharingCluster> StartAsync(string folder, TomDatabase database, ITopicSearch? topics, DestinationOptions[] destinations)
    {
        await new Migrator(database).MigrateAsync();
        var cluster = new SharingCluster(folder, database, destinations) { Topics = topics };
        await cluster.DeployAsync();
        return cluster;
    }

    public T Get<T>() where T : notnull => _cluster!.Silos[0].ServiceProvider.GetRequiredService<T>();

    /// <summary>Ends the silo and starts another one on the same tables, with other destinations where some are given.</summary>
    public async Task RestartAsync(params DestinationOptions[] destinations)
    {
        _destinations = destinations.Length > 0 ? destinations : _destinations;
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await DeployAsync();
    }

    public async Task<long> AddTargetAsync(string name, params PhotometryPoint[] points)
    {
        var (id, _) = await Get<TargetTable>().CreateAsync(new NewTarget([new(name, TargetNames.Normalise(name))], 33.2, -42.25, "test", A.Time));
        await AddPointsAsync(id, points);
        return id;
    }

    public Task AddPointsAsync(long target, params PhotometryPoint[] points) => Get<GroupCommitWriter>().AppendPhotometryAsync(target, [.. points.Select(PhotometryRows.ToRow)]);

    public Task AddSpectraAsync(long target, params Spectrum[] spectra) => Get<SpectrumTable>().AppendAsync(target, [.. spectra.Select(SpectrumRows.ToRow)]);

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        Outcomes.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What a handler would read.</summary>
    private sealed class TestTopics : IHeardTopics
    {
        public Task<IReadOnlyList<string>> ReadAsync() => Task.FromResult<IReadOnlyList<string>>(["hermes.test", "hermes.photometry"]);
    }

    private async Task DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddTomStorage(_database);
            silo.AddTargets();
            if (Topics is { } topics)
            {
                silo.Services.AddSingleton(topics);
            }

            silo.Services.AddSharing(_destinations, "A TOM");
            silo.Services.AddSingleton<IHeardTopics>(new TestTopics());
            silo.Services.TryAddSingleton(new TomIdentity("A TOM", IsSandbox: false));
            silo.Services.AddSingleton<IMeterFactory>(Outcomes);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Warning));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
