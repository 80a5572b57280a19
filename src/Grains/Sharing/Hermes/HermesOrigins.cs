using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Who made the measurements of a message, and the number that each has there: whoever has one of them already, us in the end, knows it by them for the same, whatever way it came. Written once
/// where all have the same origin, and ids only where there are any.
/// </summary>
internal readonly record struct HermesOrigins
{
    private const int Structure = 40; // both names, brackets

    private string? Only { get; init; }
    private bool Differ { get; init; }
    private int Origins { get; init; }
    private int Ids { get; init; }
    private bool HasIds { get; init; }

    /// <summary>What they take in the message as Hermes publishes it [bytes].</summary>
    public int PublishedSize => Structure + (Differ ? Origins : PythonJson.Text(Only ?? "")) + (HasIds ? Ids : 0);

    public HermesOrigins With(HermesRow row) => new()
    {
        Only = Only ?? row.Origin,
        Differ = Differ || (Only is { } only && only != row.Origin),
        Origins = Origins + PythonJson.Text(row.Origin) + PythonJson.Separator,
        Ids = Ids + (row.MeasurementId is { } id ? PythonJson.Text(id) : "null".Length) + PythonJson.Separator,
        HasIds = HasIds || row.MeasurementId is not null,
    };

    /// <summary>A spectrum's is foreseen in its own size.</summary>
    public static void WriteTo(Utf8JsonWriter json, IReadOnlyList<HermesRow> rows, IReadOnlyList<HermesSpectrum> spectra)
    {
        var all = rows.Select(row => row.Origin).Concat(spectra.Select(spectrum => spectrum.Origin)).Distinct().ToList();
        if (all.Count == 1)
        {
            json.WriteString("origin", all[0]);
        }
        else
        {
            Write(json, "origins", rows.Select(row => row.Origin));
            if (spectra.Count > 0)
            {
                Write(json, "spectrum_origins", spectra.Select(spectrum => spectrum.Origin));
            }
        }

        if (rows.Any(row => row.MeasurementId is not null))
        {
            Write(json, "ids", rows.Select(row => row.MeasurementId));
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string?> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
