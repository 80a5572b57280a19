using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.MovingIn;

/// <summary>A page of another TOM's data, taken apart: what can be kept, and why the rest cannot. Pure.</summary>
internal sealed class ArrivingData
{
    /// <summary>The stream that data of other TOMs are said to come from.</summary>
    public const string Stream = "import-tom";

    private readonly ToolkitDataPage _page;
    private readonly long _now;

    private ArrivingData(ToolkitDataPage page, string site, long now) =>
        (_page, _now, Provenance) = (page, now, new(new(Stream, ImportRequests.PlaceName(new Uri(site).Authority), 0, page.RemoteTarget), null, page.Origin, now));

    public List<PhotometryPoint> Points { get; } = [];

    public List<Spectrum> Spectra { get; } = [];

    /// <summary>Data of other types.</summary>
    public int Others { get; private set; }

    public int RefusedPoints { get; private set; }

    public int RefusedSpectra { get; private set; }

    public List<string> Notes { get; } = [];

    private PointProvenance Provenance { get; }

    /// <summary>Throws <see cref="JsonException"/> for what is no JSON list.</summary>
    /// <param name="page">The page.</param>
    /// <param name="site">Root address of the other TOM.</param>
    /// <param name="now">[us since 1970, UTC]</param>
    public static ArrivingData Read(ToolkitDataPage page, string site, long now)
    {
        using var list = JsonDocument.Parse(page.Json);
        if (list.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("A page of data is a JSON list.");
        }

        var data = new ArrivingData(page, site, now);
        foreach (var element in list.RootElement.EnumerateArray())
        {
            data.Take(element);
        }

        return data;
    }

    private void Take(JsonElement element)
    {
        JsonObject? body;
        try
        {
            body = JsonNode.Parse(element.GetRawText(), documentOptions: ArrivingJson.Strict) as JsonObject;
        }
        catch (JsonException fault)
        {
            RefusePoint("a datum", fault.Message);
            return;
        }

        switch (body?["data_type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String ? type.GetValue<string>() : null)
        {
            case ToolkitDatum.Photometry:
                TakePoint(body!);
                break;
            case ToolkitDatum.Spectroscopy:
                TakeSpectrum(body!);
                break;
            case null:
                RefusePoint("a datum", "it states no data_type");
                break;
            default:
                Others++;
                break;
        }
    }

    private void TakePoint(JsonObject body)
    {
        var faults = FaultsOf(body);
        if (!faults.Any && IsHiddenLimit(body))
        {
            faults.Add("value", "no brightness is given; a Toolkit 3 does not tell the limit of a non-detection by its REST: export it there as CSV, and take it by tom photometry import");
        }

        var point = faults.Any ? null : ToolkitDatumBody.ReadPoint(body, _page.Origin, _now, faults);
        if (point is null)
        {
            RefusePoint(Name(body), faults.ToString());
            return;
        }

        Points.Add(point with { Provenance = Provenance });
    }

    private void TakeSpectrum(JsonObject body)
    {
        var faults = FaultsOf(body);
        var spectrum = faults.Any ? null : ToolkitDatumBody.ReadSpectrum(body, _page.Origin, _now, faults);
        var reason = spectrum is null ? faults.ToString() : SpectrumRules.Why(spectrum) is { } why ? $"the spectrum {why}" : null;
        if (reason is not null)
        {
            RefuseSpectrum(Name(body), reason);
            return;
        }

        Spectra.Add(spectrum! with { Head = spectrum!.Head with { Provenance = Provenance } });
    }

    /// <summary>A datum that was posted without a time got one then; one that comes without is no measurement of now.</summary>
    private static ToolkitFaults FaultsOf(JsonObject body)
    {
        var faults = new ToolkitFaults();
        if (string.IsNullOrWhiteSpace(body["timestamp"]?.ToString()))
        {
            faults.Add("timestamp", ToolkitFaults.Required);
        }

        return faults;
    }

    private static bool IsHiddenLimit(JsonObject body) =>
        body["value"] is JsonObject value && value.ContainsKey("brightness") && value["brightness"] is null && value["limit"] is null && value["magnitude"] is null;

    private static string Name(JsonObject body) => $"{body["data_type"]} of {body["timestamp"]}";

    private void RefusePoint(string what, string reason)
    {
        RefusedPoints++;
        Note(what, reason);
    }

    private void RefuseSpectrum(string what, string reason)
    {
        RefusedSpectra++;
        Note(what, reason);
    }

    private void Note(string what, string reason)
    {
        if (Notes.Count < MovedOutcome.MostNotes)
        {
            Notes.Add(OneLine.Of($"{what}: {reason}"));
        }
    }
}
