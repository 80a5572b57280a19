using Orleans.Concurrency;
using TomOrleans.Storage.Spectra;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Spectra;

/// <summary>Reads the spectra of all targets. Holds nothing.</summary>
[GrainType("spectra"), StatelessWorker]
public sealed class SpectraGrain(SpectrumTable table) : Grain, ISpectraGrain
{
    private const int MostPerPage = 1_000;

    public Task<SpectrumPage> ListAsync(string? origin, int offset, int limit) => TargetRefusals.TellAsync(async () =>
    {
        var (total, rows) = await table.ListAllAsync(origin, Math.Max(0, offset), Math.Clamp(limit, 0, MostPerPage));
        return new SpectrumPage(total, [.. rows.Select(row => new TargetSpectrum(row.Target, SpectrumRows.ToHead(row.Row)))]);
    });
}
