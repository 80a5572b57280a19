using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using TomOrleans.Alerts;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Homes;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Tests.Targets.Homes;

/// <summary>Points for the targets of several silos.</summary>
public sealed class TargetsAtHomeTests : IAsyncLifetime
{
    private const int Targets = 60;
    private const long Unknown = 4_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("tom-homes-").FullName;
    private readonly ParcelCount _parcels = new();
    private TomDatabase _database = null!;
    private InProcessTestCluster _cluster = null!;
    private long[] _targets = [];
    private int _batches;

    public async ValueTask InitializeAsync()
    {
        _database = TomDatabase.OpenSqlite(_folder);
        await new Migrator(_database).MigrateAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_a_batch_has_for_the_targets_of_another_silo_goes_there_in_one_call()
    {
        await DeployAsync(silos: 2);

        await RecordAsync(_targets);

        Assert.Equal(1, _parcels.Calls);
        Assert.Equal(Targets, await CountPointsAsync());
        Assert.True(await AreAtHomeAsync());
        await RecordAsync([_targets.First(target => Homes.ElsewhereOf(target) is not null)]);
        Assert.Equal(1, _parcels.Calls);
        Assert.Equal(Targets + 1, await CountPointsAsync());
    }

    [Fact]
    public async Task Target_that_fails_in_another_silo_fails_its_own_points_alone()
    {
        await DeployAsync(silos: 2);
        var unknown = Enumerable.Range(0, 100).Select(number => Unknown + number).First(target => Homes.ElsewhereOf(target) is not null);

        var fault = await Assert.ThrowsAsync<TomException>(() => RecordAsync([.. _targets, unknown]));

        Assert.Equal(TomFault.NotFound, fault.Fault);
        Assert.Contains($"{unknown}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Targets, await CountPointsAsync());
    }

    [Fact]
    public async Task Points_for_a_silo_that_died_reach_their_targets_where_they_live_now()
    {
        await DeployAsync(silos: 2);
        await RecordAsync(_targets);

        await _cluster.KillSiloAsync(_cluster.Silos[1]);

        // The handler of a stream delivers a batch again, too, whose targets could not be reached.
        var failures = 0;
        while (!await TryRecordAsync(_targets))
        {
            Assert.True(++failures < 50, "still not reached");
        }

        Assert.InRange(await CountPointsAsync(), 2 * Targets, (2 + failures) * Targets);
    }

    [Fact]
    public async Task Targets_that_are_always_busy_go_home_to_a_silo_that_came()
    {
        await DeployAsync(silos: 1);
        await RecordAsync(_targets);
        Assert.Equal(0, _parcels.Calls);

        await _cluster.StartAdditionalSiloAsync();

        using var deadline = new CancellationTokenSource(Patience);
        while (Homes.Version < _cluster.Silos[1].ServiceProvider.GetRequiredService<TargetHomes>().Version || !_targets.Any(target => Homes.ElsewhereOf(target) is not null) || !await AreAtHomeAsync())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await RecordAsync(_targets);
        }

        Assert.Equal(_batches * Targets, await CountPointsAsync());
        Assert.NotEqual(0, _parcels.Calls);
    }

    private TargetHomes Homes => Get<TargetHomes>();

    private T Get<T>()
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    private async Task DeployAsync(short silos)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddTomStorage(_database);
            silo.AddTargets();
            silo.AddOperations(new TomIdentity("A TOM", IsSandbox: false), new SiloIdentity("0", "none", "none"));
            silo.AddIncomingGrainCallFilter(_parcels);
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Critical));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        var table = Get<TargetTable>();
        _targets = new long[Targets];
        for (var i = 0; i < Targets; i++)
        {
            (_targets[i], _) = await table.CreateAsync(new NewTarget([new($"T{i}", TargetNames.Normalise($"T{i}"))], 33.2 + i, -42.25, "test", PointBuilder.T0));
        }
    }

    /// <summary>A batch with one new point for each of the targets.</summary>
    private Task RecordAsync(long[] targets)
    {
        var time = PointBuilder.T0 + (++_batches * 1_000_000L);
        var alert = new Alert
        {
            Location = new("hop", "hermes.test", 0, _batches),
            TimestampMicroseconds = time,
            Format = AlertFormat.Hermes,
            Headers = [],
            Value = default,
            Report = new() { Points = [.. targets.Select(target => new ReportedPoint($"{target}", PointBuilder.Point with { Time = new(time) }))] },
        };
        var batch = new PhotometryBatch([alert], new Verdict?[1]);
        Assert.True(batch.Assign(name => long.Parse(name, System.Globalization.CultureInfo.InvariantCulture)));
        return Get<TargetCalls>().RecordAsync(batch).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private async Task<bool> TryRecordAsync(long[] targets)
    {
        try
        {
            await RecordAsync(targets);
            return true;
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private async Task<long> CountPointsAsync() => (await Get<TargetTable>().CountAsync()).Points;

    private async Task<bool> AreAtHomeAsync()
    {
        var here = _cluster.Silos[0].SiloAddress;
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        foreach (var target in _targets)
        {
            if (await management.GetActivationAddress(_cluster.Client.Target(target)) is { } place && place != (Homes.ElsewhereOf(target) ?? here))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many parcels arrived in all silos.</summary>
    private sealed class ParcelCount : IIncomingGrainCallFilter
    {
        private int _calls;

        public int Calls => _calls;

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is SiloTargetsGrain)
            {
                Interlocked.Increment(ref _calls);
            }

            return context.Invoke();
        }
    }
}
