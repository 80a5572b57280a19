using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api;

/// <summary>Imports of files that came over HTTP or the page.</summary>
internal static class PhotometryImports
{
    private const int RowsAtOnce = 20_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Hands a file over and follows its import to the end, however that is. Throws <see cref="TomException"/> for a request that makes no sense.</summary>
    /// <param name="grains">This silo's.</param>
    /// <param name="content">The file.</param>
    /// <param name="request">How it is to be read.</param>
    /// <param name="tell">Is told how much is done, from 0 to 1; null where nobody wants to know.</param>
    /// <param name="cancellation">Ends the following, not the import.</param>
    public static async Task<(PhotometryImportStatus Status, ImmutableArray<ImportedRow> Rows)> RunAsync(
        IGrainFactory grains, byte[] content, PhotometryImportRequest request, Action<double>? tell, CancellationToken cancellation)
    {
        var import = grains.PhotometryImport(Guid.NewGuid());
        foreach (var (part, bytes) in content.Chunk(PhotometryImportRequest.MaxPart).Index())
        {
            await import.UploadAsync(part, bytes);
        }

        await import.StartAsync(request);
        var status = await import.GetStatusAsync();
        while (!status.HasEnded)
        {
            tell?.Invoke(status.Rows == 0 ? 0 : (double)status.Judged / status.Rows);
            await Task.Delay(Pause, cancellation);
            status = await import.GetStatusAsync();
            if (status.State == ImportState.Waiting)
            {
                throw new TomException(TomFault.Unavailable, "The silo that did the import is gone; do it again: what was stored is known then, and nothing is stored twice.");
            }
        }

        var rows = ImmutableArray.CreateBuilder<ImportedRow>(status.Rows);
        while (rows.Count < status.Rows && await import.GetRowsAsync(rows.Count, RowsAtOnce) is { IsEmpty: false } page)
        {
            rows.AddRange(page);
        }

        return (status, rows.DrainToImmutable());
    }
}
