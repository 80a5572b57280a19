using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>
/// The numbers of a spectrum as the Toolkit keeps them: lists <c>{"wavelength":[...],"flux":[...],"flux_error":[...]}</c>, or points by number <c>{"0":{"wavelength":1,"flux":2,"error":0.1},...}</c>. Pure.
/// </summary>
internal readonly record struct SpectrumNumbers(ImmutableArray<double> Wavelength, ImmutableArray<double> Flux, ImmutableArray<double> FluxError, string? Fault)
{
    private static readonly string[] WavelengthKeys = ["wavelength", "wave", "wl"];
    private static readonly string[] FluxKeys = ["flux", "f"];
    private static readonly string[] ErrorKeys = ["flux_error", "error", "err", "f_error"];

    public static SpectrumNumbers Read(JsonObject value) => value.ContainsKey("0") ? ReadPoints(value) : ReadLists(value);

    private static SpectrumNumbers ReadLists(JsonObject value)
    {
        if (Find(value, WavelengthKeys) is not JsonArray wavelengths || Find(value, FluxKeys) is not JsonArray fluxes)
        {
            return Faulty("wavelength and flux must be lists of numbers");
        }

        var errors = Find(value, ErrorKeys) as JsonArray ?? [];
        return wavelengths.Count == 0 ? Faulty("the lists are empty")
            : wavelengths.Count != fluxes.Count || (errors.Count != 0 && errors.Count != fluxes.Count)
                ? Faulty(string.Create(CultureInfo.InvariantCulture, $"the lists are not equally long: {wavelengths.Count} wavelengths, {fluxes.Count} fluxes, {errors.Count} errors"))
            : Numbers(wavelengths) is not { } w || Numbers(fluxes) is not { } f || Numbers(errors) is not { } e ? Faulty("wavelength and flux must be lists of finite numbers")
            : new(w, f, e, null);
    }

    private static SpectrumNumbers ReadPoints(JsonObject value)
    {
        var (wavelengths, fluxes, errors) = (new JsonArray(), new JsonArray(), new JsonArray());
        for (var i = 0; value[i.ToString(CultureInfo.InvariantCulture)] is JsonObject point; i++)
        {
            wavelengths.Add(Find(point, WavelengthKeys)?.DeepClone());
            fluxes.Add(Find(point, FluxKeys)?.DeepClone());
            if (Find(point, ErrorKeys) is { } error)
            {
                errors.Add(error.DeepClone());
            }
        }

        return ReadLists(new() { ["wavelength"] = wavelengths, ["flux"] = fluxes, ["flux_error"] = errors });
    }

    private static SpectrumNumbers Faulty(string fault) => new([], [], [], fault);

    private static JsonNode? Find(JsonObject value, string[] keys) => Array.Find(keys, value.ContainsKey) is { } key ? value[key] : null;

    /// <summary>Null where one of them is none.</summary>
    private static ImmutableArray<double>? Numbers(JsonArray list)
    {
        var numbers = ImmutableArray.CreateBuilder<double>(list.Count);
        foreach (var node in list)
        {
            if (!ToolkitValues.TryNumber(node, out var number) || number is not { } given)
            {
                return null;
            }

            numbers.Add(given);
        }

        return numbers.MoveToImmutable();
    }
}
