using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Security;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Storage;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Spectra;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Spectra;

/// <summary>Reads and stores the spectra of a target. Holds nothing.</summary>
[GrainType("target-spectra"), StatelessWorker]
public sealed class TargetSpectraGrain(SpectrumTable table, EventQueue events, TomIdentity tom, TimeProvider time) : Grain, ITargetSpectraGrain
{
    private long Id => this.GetPrimaryKeyLong();

    public async Task<ImmutableArray<PointFate>> RecordAsync(ImmutableArray<Spectrum> spectra)
    {
        foreach (var spectrum in spectra)
        {
            if (SpectrumRules.Why(spectrum) is { } why)
            {
                throw new TomException(TomFault.Invalid, $"The spectrum {why}.");
            }
        }

        return [.. (await AppendAsync([.. spectra.Select(SpectrumRows.ToRow)])).Select(stored => FateOf(stored.Fate))];
    }

    public async Task<ImmutableArray<SpectrumHead>> ListAsync()
    {
        var rows = await table.ListAsync(Id);
        var counts = rows.CountBy(row => row.Identity).ToDictionary();
        return [.. rows.Select(row => SpectrumRows.ToHead(row, counts[row.Identity] - 1))];
    }

    public async Task<Spectrum> GetAsync(long id) =>
        await table.FindAsync(Id, id) is { } row ? SpectrumRows.ToSpectrum(row) : throw new TomException(TomFault.NotFound, $"The target has no spectrum {id}; tom spectra NAME lists them.");

    public async Task<SpectrumReceipt> ImportAsync(SpectrumFile file)
    {
        if (file.Content.Length > SpectrumFile.MaxBytes)
        {
            throw new TomException(TomFault.Invalid, $"The file has {file.Content.Length:N0} bytes; at most {SpectrumFile.MaxBytes:N0} can be imported.");
        }

        var provenance = new PointProvenance(
            new(ImportWork.Stream, ImportRequests.PlaceName(file.Name), 0, 0), null, RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM", Clock.Microseconds(time));
        try
        {
            var spectrum = SpectrumFileReader.Read(file, tom.Name, provenance);
            var row = SpectrumRows.ToRow(spectrum);
            if (file.DryRun)
            {
                var stored = await table.ListAsync(Id);
                var fate = stored.Any(other => (other.Identity, other.Content) == (row.Identity, row.Content)) ? PointFate.Known
                    : stored.Any(other => other.Identity == row.Identity) ? PointFate.Revision : PointFate.New;
                return new(fate, SpectrumRows.ToHead(row));
            }

            var (written, id) = (await AppendAsync([row]))[0];
            return new(FateOf(written), SpectrumRows.ToHead(row with { Id = id }));
        }
        catch (Exception fault) when (fault is UnreadableFileException or UnreadableCellException)
        {
            throw new TomException(TomFault.Invalid, $"{ImportRequests.PlaceName(file.Name)} {fault.Message}.");
        }
    }

    private async Task<IReadOnlyList<(RowFate Fate, long Id)>> AppendAsync(IReadOnlyList<SpectrumRow> rows)
    {
        try
        {
            var stored = await table.AppendAsync(Id, rows);
            events.TargetChanged(Id, [.. stored.Select(row => row.Fate)]);
            return stored;
        }
        catch (UnknownTargetException)
        {
            throw new TomException(TomFault.NotFound, $"There is no target with id {Id}.");
        }
        catch (StorageException exception)
        {
            throw new TomException(exception is StorageUnavailableException ? TomFault.Unavailable : TomFault.Invalid, exception.Message, exception);
        }
    }

    private static PointFate FateOf(RowFate fate) => fate switch
    {
        RowFate.New => PointFate.New,
        RowFate.Revision => PointFate.Revision,
        RowFate.Withheld => PointFate.Withheld,
        _ => PointFate.Known,
    };
}
