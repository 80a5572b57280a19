namespace TomOrleans.Sandbox.Sky.LightCurves;

/// <summary>How one band of a supernova rises and falls.</summary>
/// <param name="PeakMagnitude">[mag AB]</param>
/// <param name="Rise">e-folding time of the rise. [d]</param>
/// <param name="Fall">e-folding time of the decline. [d]</param>
public sealed record BazinBand(double PeakMagnitude, double Rise, double Fall);

/// <summary>
/// The light curve of a supernova in the form of Bazin et al. 2009 (A&amp;A 499, 653, doi:10.1051/0004-6361/200911847):
/// flux = A exp(-(t - t0)/fall) / (1 + exp(-(t - t0)/rise)), without their constant. The flux is scaled to the peak, which lies
/// rise * ln(fall/rise - 1) after t0. Redder bands fall more slowly. The parameters are ours, of the size of fits to nearby supernovae.
/// </summary>
public sealed class BazinCurve(double explosion, IReadOnlyDictionary<string, BazinBand> bands) : ILightCurve
{
    // Before the first light the form has an endless foot; nothing shines there.
    private const double FaintestMagnitude = 25;

    public double? MagnitudeAt(double mjd, string band)
    {
        if (!bands.TryGetValue(band, out var b))
        {
            return null;
        }

        var peak = b.Rise * Math.Log((b.Fall / b.Rise) - 1);
        var flux = Shape(mjd - explosion, b) / Shape(peak, b);
        var magnitude = b.PeakMagnitude - (2.5 * Math.Log10(flux));
        return magnitude < FaintestMagnitude ? magnitude : null;
    }

    private static double Shape(double t, BazinBand b) => Math.Exp(-t / b.Fall) / (1 + Math.Exp(-t / b.Rise));
}
