using System.Collections.Immutable;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Security;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>
/// One import. Its file and its state are in memory: points are durable one batch after the other, so an import that is cut off leaves whole points, and doing it again stores the rest.
/// </summary>
[GrainType("photometry-import")]
public sealed class PhotometryImportGrain(ImportTargets targets, TomIdentity tom, TimeProvider time) : Grain, IPhotometryImportGrain
{
    /// <summary>Long enough for a person to read the report, and for the longest file.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly List<byte[]> _parts = [];
    private PhotometryImportStatus _status = new() { State = ImportState.Waiting };
    private ImportedRow[] _rows = [];
    private Task _work = Task.CompletedTask;

    public Task UploadAsync(int part, byte[] bytes)
    {
        Require(_status.State == ImportState.Waiting, "The import has begun already.");
        Require(bytes.Length <= PhotometryImportRequest.MaxPart, $"A part may have {PhotometryImportRequest.MaxPart:N0} bytes; this one has {bytes.Length:N0}.");
        Require(_parts.Take(part).Sum(sent => (long)sent.Length) + bytes.Length <= PhotometryImportRequest.MaxBytes,
            $"The file is larger than {PhotometryImportRequest.MaxBytes / 1024 / 1024} MiB: split it.");
        if (part == _parts.Count - 1)
        {
            _parts[part] = bytes;
            return Task.CompletedTask;
        }

        Require(part == _parts.Count, $"Part {part} came where part {_parts.Count} was expected: the silo that had the others is gone. Do the import again.");
        _parts.Add(bytes);
        DelayDeactivation(Kept);
        return Task.CompletedTask;
    }

    public async Task StartAsync(PhotometryImportRequest request)
    {
        if (_status.State != ImportState.Waiting)
        {
            return;
        }

        Require(_parts.Count > 0, "No part of the file has arrived: do the import again.");
        var now = Clock.Microseconds(time);
        var defaults = ImportRequests.Defaults(request, tom.Name, now);
        var target = request.Target is { } name ? await GrainFactory.TargetDirectory().FindAsync(name) : null;
        DelayDeactivation(Kept);
        _status = new() { State = ImportState.Reading };
        _work = RunAsync(request with { By = RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM" }, defaults, target, now);
    }

    public Task<PhotometryImportStatus> GetStatusAsync() => Task.FromResult(_status);

    public Task<ImmutableArray<ImportedRow>> GetRowsAsync(int offset, int limit) =>
        Task.FromResult<ImmutableArray<ImportedRow>>([.. _rows.Skip(Math.Max(offset, 0)).Take(Math.Clamp(limit, 0, 50_000))]);

    private async Task RunAsync(PhotometryImportRequest request, ImportDefaults defaults, Target? target, long now)
    {
        ImportWork? work = null;
        try
        {
            var bytes = _parts.SelectMany(part => part).ToArray();
            _parts.Clear();

            // Off the grain's own scheduler, which meanwhile answers for the status.
            var read = await Task.Run(() => PhotometryFileReader.Read(bytes, request.Format, defaults));
            work = new ImportWork(request, read, targets, now);
            _status = _status with { Format = read.Format, Rows = read.Rows.Count, Remarks = [.. read.Remarks] };
            await work.ResolveAsync(target);
            Note(work, ImportState.Storing);
            if (work.Refusal is { } refusal)
            {
                Note(work, ImportState.Refused, refusal);
                return;
            }

            while (await work.StepAsync())
            {
                Note(work, ImportState.Storing);
            }

            Note(work, ImportState.Done, work.Warning);
        }
        catch (UnreadableFileException fault)
        {
            _status = _status with { State = ImportState.Refused, Reason = $"{ImportRequests.PlaceName(request.FileName)} {fault.Message}" };
        }
        catch (Exception fault)
        {
            // Whoever asks is told; there is nobody else to tell.
            var reason = $"{(fault is TomException ? fault.Message : $"a fault of this program ({fault.GetType().Name})")} What was stored is durable; do the import again for the rest.";
            _status = _status with { State = ImportState.Failed, Reason = reason };
            if (work is not null)
            {
                Note(work, ImportState.Failed, reason);
            }
        }
    }

    private void Note(ImportWork work, ImportState state, string? reason = null)
    {
        _rows = work.Rows;
        _status = _status with { State = state, Reason = reason, Judged = work.Judged, Fates = work.Fates(), Targets = work.TargetNames };
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new TomException(TomFault.Invalid, message);
        }
    }
}
