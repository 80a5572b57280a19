using System.Collections.Immutable;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Products;
using TomOrleans.Storage.Spectra;

namespace TomOrleans.Grains.Sharing;

/// <summary>Reads what is to be shared of a target from the tables.</summary>
public sealed class ShareReader(PhotometryTable photometry, SpectrumTable spectra, ProductTable products)
{
    /// <summary>The points of some measurements, all revisions.</summary>
    public async Task<IReadOnlyList<SharedPoint>> PointsAsync(long target, IEnumerable<long> identities) =>
        [.. (await photometry.ReadAsync(target, identities)).Select(row => new SharedPoint(new(target, row.Identity, row.Content), PhotometryRows.ToPoint(row)))];

    /// <summary>The points of some measurements that are shown now.</summary>
    public async Task<IReadOnlyList<SharedPoint>> ShownPointsAsync(long target, IEnumerable<long> identities) =>
        [.. LightCurve.Shown(await photometry.ReadAsync(target, identities)).Select(point => SharedPoint.Of(target, point))];

    /// <summary>Some spectra, all revisions.</summary>
    public async Task<IReadOnlyList<SharedSpectrum>> SpectraAsync(long target, IReadOnlyCollection<long> identities) =>
        [.. (await spectra.ReadAsync(target, identities)).Select(row => SharedSpectrum.Of(target, row))];

    /// <summary>Of some spectra what was stated last.</summary>
    public async Task<IReadOnlyList<SharedSpectrum>> ShownSpectraAsync(long target, IReadOnlyCollection<long> identities) =>
        [.. SpectrumRows.Shown(await spectra.ReadAsync(target, identities)).Select(row => SharedSpectrum.Of(target, row))];

    /// <summary>Those of these files that are the target's, or were of one that was merged into it; without their content.</summary>
    public async Task<IReadOnlyList<SharedFile>> FilesAsync(long target, IReadOnlyCollection<long> ids) =>
    [
        .. (await products.ListAsync(target, 0, int.MaxValue)).Rows.Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id)
            .Select(row => new SharedFile(row.Id, target, row.FileName, row.Type, row.ProductId, row.ExtraData, row.Size)),
    ];

    /// <summary>Of all spectra of a target what was stated last. Most targets have none, and then no numbers are read.</summary>
    public async Task<IReadOnlyList<SharedSpectrum>> ShownSpectraAsync(long target)
    {
        var identities = (await spectra.ListAsync(target)).Select(row => row.Identity).ToImmutableHashSet();
        return identities.IsEmpty ? [] : await ShownSpectraAsync(target, identities);
    }
}
