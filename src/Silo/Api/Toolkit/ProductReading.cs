using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>Makes data of what is in a file that was sent as a data product.</summary>
internal static class ProductReading
{
    private const int Shown = 10;

    /// <summary>When this returns, what is in the file is durable; other files than photometry and spectra are not read. Throws <see cref="TomFault.Invalid"/> for one that cannot be read: then nothing is stored.</summary>
    public static async Task ReadAsync(DataProductDraft product, IGrainFactory grains)
    {
        if (product.Type == ToolkitDatum.Spectroscopy)
        {
            await grains.TargetSpectra(product.Target).ImportAsync(new() { Name = product.FileName, Content = product.Content });
        }
        else if (product.Type == ToolkitDatum.Photometry)
        {
            await ImportAsync(product, grains);
        }
    }

    private static async Task ImportAsync(DataProductDraft product, IGrainFactory grains)
    {
        var target = await grains.Target(product.Target).GetAsync();
        var (status, rows) = await PhotometryImports.RunAsync(grains, product.Content, new() { FileName = product.FileName, Target = target.Name }, tell: null, CancellationToken.None);
        if (status.State != ImportState.Done)
        {
            var refused = rows.Where(row => row.Fate == ImportFate.Refused).Take(Shown).Select(row => $"line {row.Line}: {row.Reason}");
            throw new TomException(status.State == ImportState.Refused ? TomFault.Invalid : TomFault.Unavailable, string.Join("; ", refused.Prepend(status.Reason ?? "It could not be read.")));
        }
    }
}
