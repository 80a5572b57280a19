using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using TomOrleans.Grains.Operations;
using TomOrleans.Storage;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Migrations;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

/// <summary>One silo with targets on a database of its own. The database outlives the silo: <see cref="KillAsync"/>.</summary>
internal sealed class ImportCluster : IAsyncDisposable
{
    private readonly TomDatabase _database;
    private InProcessTestCluster? _cluster;

    private ImportCluster(TomDatabase database) => _database = database;

    public IGrainFactory Grains => _cluster!.Client;

    /// <summary>Where the next silo's writes stop.</summary>
    public WriteStop Stop { get; set; } = new(null, false);

    /// <summary>How many of the next silo's writes must come together before any is done.</summary>
    public WriteGate Gate { get; set; } = new(0);

    public static async Task<ImportCluster> StartAsync(TomDatabase database)
    {
        await new Migrator(database).MigrateAsync();
        var cluster = new ImportCluster(database);
        await cluster.DeployAsync();
        return cluster;
    }

    public async Task<long> AddTargetAsync(string name)
    {
        var made = await _cluster!.Silos[0].ServiceProvider.GetRequiredService<TargetTable>().CreateAsync(
            new([new(name, TomOrleans.Grains.Targets.TargetNames.Normalise(name))], null, null, "a test", 0));
        return made.Id;
    }

    /// <summary>Imports a text as the console does, and waits for its end.</summary>
    public async Task<(PhotometryImportStatus Status, ImmutableArray<ImportedRow> Rows)> ImportAsync(string text, PhotometryImportRequest request)
    {
        return await EndAsync(await BeginAsync(text, request));
    }

    /// <summary>Waits for the end of an import.</summary>
    public static async Task<(PhotometryImportStatus Status, ImmutableArray<ImportedRow> Rows)> EndAsync(IPhotometryImportGrain grain)
    {
        while (await grain.GetStatusAsync() is var status)
        {
            if (status.HasEnded)
            {
                return (status, await grain.GetRowsAsync(0, int.MaxValue));
            }

            // The grain has no call that waits for its end; this is the console's own pace.
            await Task.Delay(20);
        }

        throw new InvalidOperationException();
    }

    public async Task<IPhotometryImportGrain> BeginAsync(string text, PhotometryImportRequest request)
    {
        var grain = Grains.PhotometryImport(Guid.NewGuid());
        var part = 0;
        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(PhotometryImportRequest.MaxPart))
        {
            await grain.UploadAsync(part++, bytes);
        }

        await grain.StartAsync(request);
        return grain;
    }

    /// <summary>Ends the silo without a word, and starts another one on the same database.</summary>
    public async Task KillAsync()
    {
        await _cluster!.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
        Stop = new(null, false);
        Gate = new(0);
        await DeployAsync();
    }

    /// <summary>Ends the silo in order and starts another one, with the <see cref="Stop"/> that is set.</summary>
    public async Task RestartAsync()
    {
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await DeployAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();

    private async Task DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        var (stop, gate) = (Stop, Gate);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddTomStorage(_database);
            silo.AddTargets();
            silo.AddOperations(new TomIdentity("A TOM", IsSandbox: false), new SiloIdentity("0", "none", "none"));
            silo.Services.AddSingleton<IIngestWriter>(services => new StoppingWriter(services.GetRequiredService<GroupCommitWriter>(), stop, gate));
        });
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Error));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    /// <summary>Stands still for ever at one write, before or after it.</summary>
    private sealed class StoppingWriter(GroupCommitWriter inner, WriteStop stop, WriteGate gate) : IIngestWriter
    {
        private int _writes;

        public async Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows)
        {
            await gate.PassAsync();
            var isStop = Interlocked.Increment(ref _writes) - 1 == stop.At;
            if (isStop && !stop.IsAfter)
            {
                await stop.StandStillAsync();
            }

            var fates = await inner.AppendPhotometryAsync(targetId, rows);
            if (isStop)
            {
                await stop.StandStillAsync();
            }

            return fates;
        }

        public Task<bool> MoveCursorAsync(CursorMove move) => inner.MoveCursorAsync(move);
    }
}

/// <param name="At">Number of the write, from 0; null for none.</param>
/// <param name="IsAfter">Whether it is done before.</param>
internal sealed record WriteStop(int? At, bool IsAfter)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the write stands still.</summary>
    public Task Reached => _reached.Task;

    public Task StandStillAsync()
    {
        _reached.TrySetResult();
        return new TaskCompletionSource().Task;
    }
}

/// <param name="together">How many writes must stand here before any passes.</param>
internal sealed class WriteGate(int together)
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>Completes when so many have come.</summary>
    public Task Open => _open.Task;

    public Task PassAsync()
    {
        if (Interlocked.Increment(ref _arrived) >= together)
        {
            _open.TrySetResult();
        }

        return _open.Task;
    }
}
