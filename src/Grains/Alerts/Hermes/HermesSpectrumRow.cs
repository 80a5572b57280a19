using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// Makes a spectrum of a spectroscopy row, or says which of its fields cannot be read for certain. These rows are rare and large: they are read as a document, not in one pass.
/// </summary>
/// <remarks>
/// <c>{"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "FTN", "instrument": "FLOYDS", "flux": [1e-15, ...], "wavelength": [320.5, ...], "flux_error": [...], "flux_units":
/// "erg / s / cm² / Å", "wavelength_units": "nm", "setup": "...", "exposure_time": 1800}</c>; a row may name a file instead of numbers: then there is nothing to store.
/// </remarks>
internal static class HermesSpectrumRow
{
    private const int LongestText = 400;

    /// <summary>What Hermes means where a row names no unit.</summary>
    private const string DefaultFluxUnit = "mJy";

    private const string DefaultWavelengthUnit = "nm";

    /// <returns>The spectrum; null with a field and a reason for a fault, null with neither for a row without numbers.</returns>
    public static ReportedSpectrum? Read(ReadOnlyMemory<byte> json, string origin, PointProvenance provenance, out string? field, out string? reason)
    {
        (field, reason) = (null, null);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = HermesReader.MaxDepth });
        var row = document.RootElement;
        try
        {
            if (Numbers(row, "flux").IsEmpty && row.TryGetProperty("file_info", out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0)
            {
                return null;
            }

            var name = Text(row, "target_name") ?? throw new FieldException("target_name", "is missing");
            if (!TargetNames.IsName(name))
            {
                throw new FieldException("target_name", $"{QuotedText.Of(name)} is no name of a target");
            }

            var spectrum = new Spectrum
            {
                Head = new()
                {
                    Time = Time(row),
                    Telescope = Text(row, "telescope"),
                    Instrument = Text(row, "instrument"),
                    Setup = Text(row, "setup"),
                    ExposureSeconds = NotNegative(row, "exposure_time"),
                    WavelengthUnit = Text(row, "wavelength_units") ?? DefaultWavelengthUnit,
                    FluxUnit = Text(row, "flux_units") ?? DefaultFluxUnit,
                    Origin = origin,
                    Observer = Text(row, "observer"),
                    Reducer = Text(row, "reducer"),
                    Comments = Comments(row),
                    Provenance = provenance,
                },
                Wavelength = Numbers(row, "wavelength"),
                Flux = Numbers(row, "flux"),
                FluxError = Numbers(row, "flux_error"),
            };
            return SpectrumRules.Why(spectrum) is { } why ? throw new FieldException("flux", $"the spectrum {why}") : new(name, spectrum);
        }
        catch (FieldException fault)
        {
            (field, reason) = (fault.Field, fault.Message);
            return null;
        }
        catch (InvalidOperationException)
        {
            reason = "holds half of a surrogate pair";
            return null;
        }
    }

    private static ObservationTime Time(JsonElement row)
    {
        var given = row.TryGetProperty("date_obs", out var value) ? value.ValueKind switch
        {
            JsonValueKind.String => Text(row, "date_obs"),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        } : null;
        return given is null ? throw new FieldException("date_obs", "is missing")
            : TimeReader.TryRead(given, out var time, out var reason) ? time
            : throw new FieldException("date_obs", reason);
    }

    private static ImmutableArray<double> Numbers(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new FieldException(name, "is no list");
        }

        var numbers = ImmutableArray.CreateBuilder<double>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            numbers.Add(Number(item) ?? throw new FieldException($"{name}[{numbers.Count}]", $"{QuotedText.Of(item.GetRawText())} is not a finite number"));
        }

        return numbers.DrainToImmutable();
    }

    /// <summary>A finite number, also where it came as text; else null.</summary>
    private static double? Number(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => Readable(value),
            _ => null,
        };
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number + 0.0
            : null;
    }

    private static double? NotNegative(JsonElement row, string name) =>
        !row.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : Number(value) is >= 0 and var number ? number
        : throw new FieldException(name, $"{QuotedText.Of(value.GetRawText())} is not a finite number from 0");

    /// <summary>On one line, not longer than is kept; null for an absent or empty one, or what is no text.</summary>
    private static string? Text(JsonElement row, string name, int longest = LongestText)
    {
        var text = row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Readable(value)?.Trim() : null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        text = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length <= longest ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "\u2026");
    }

    /// <summary>Null for half of a surrogate pair.</summary>
    private static string? Readable(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Comments(JsonElement row)
    {
        string?[] parts =
        [
            Text(row, "comments", PhotometryRow.MostComment - 200),
            Text(row, "classification", 80) is { } classification ? $"classification {classification}" : null,
            Text(row, "spec_type", 40) is { } type ? $"type {type}" : null,
            Text(row, "flux_type", 40) is { } flux && !IsOfUnit(flux, Text(row, "flux_units") ?? DefaultFluxUnit) ? $"flux type {flux}" : null,
        ];
        var stated = parts.Where(part => part is not null).ToList();
        return stated.Count == 0 ? null : string.Join("; ", stated);
    }

    /// <summary>What the unit says already: a flux in mJy is one per frequency, another one per wavelength.</summary>
    private static bool IsOfUnit(string fluxType, string unit) => unit == DefaultFluxUnit ? fluxType is "F\u03BD" or "Fnu" : fluxType is "F\u03BB" or "Flambda";

    private sealed class FieldException(string name, string reason) : Exception(reason)
    {
        public string Field => name;
    }
}
