using TomOrleans.Storage.Spectra;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Spectra;

/// <summary>What no spectrum can be, whatever file or message says so. Pure.</summary>
internal static class SpectrumRules
{
    /// <summary>Why it cannot be kept, in words that follow "the spectrum"; null when it can.</summary>
    public static string? Why(Spectrum spectrum) =>
        spectrum.Flux.IsEmpty ? "has no flux"
        : spectrum.Flux.Length > SpectrumRow.MostPixels ? $"has {spectrum.Flux.Length:N0} wavelengths; at most {SpectrumRow.MostPixels:N0} are kept"
        : spectrum.Wavelength.Length != spectrum.Flux.Length ? $"has {spectrum.Wavelength.Length:N0} wavelengths for {spectrum.Flux.Length:N0} fluxes"
        : spectrum.FluxError.Length > 0 && spectrum.FluxError.Length != spectrum.Flux.Length ? $"has {spectrum.FluxError.Length:N0} errors for {spectrum.Flux.Length:N0} fluxes"
        : spectrum.Wavelength.Any(number => !double.IsFinite(number) || number <= 0) ? "has a wavelength that is not a finite number above 0"
        : spectrum.Flux.Any(number => !double.IsFinite(number)) ? "has a flux that is not a finite number"
        : spectrum.FluxError.Any(number => !double.IsFinite(number) || number < 0) ? "has an error that is negative or not a finite number"
        : null;
}
