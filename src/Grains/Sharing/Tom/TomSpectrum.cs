using System.Text.Json;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// A spectrum as the body of <c>POST api/reduceddatums/</c>, <c>{"data_product":"","data_type":"spectroscopy","source_name":"LCO","source_location":"...","timestamp":"...","value":{"wavelength":[...],
/// "flux":[...],"flux_error":[...],"wavelength_units":"nm","flux_units":"mJy",...}}</c>: units as they are stored, the Toolkit takes them as text.
/// </summary>
internal static class TomSpectrum
{
    /// <inheritdoc cref="TomDatum.Fault"/>
    public static string? Fault(Spectrum spectrum) =>
        spectrum.Head.IsRetracted ? "retracted"
        : spectrum.Head.Origin.Length > TomDatum.LongestSource ? $"an origin of more than {TomDatum.LongestSource} characters"
        : !TomDatum.TryTime(spectrum.Head.Time, out _) ? "a time outside the years 1 to 9999"
        : null;

    public static void WriteTo(Utf8JsonWriter json, Spectrum spectrum, string tomName)
    {
        var datum = ToolkitDatum.ToJson(0, spectrum);
        datum.Remove("target");
        datum["data_product"] = "";
        datum["source_location"] = TomDatum.Location(spectrum.Head.Provenance, tomName);
        datum.WriteTo(json);
    }
}
