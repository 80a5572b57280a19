using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>What a target has at the other TOM: points and spectra, each read when it is asked for.</summary>
internal sealed class TomInventory(TomClient client, long target)
{
    private const int PointsPerPage = 1_000;

    /// <summary>Each some hundred kilobytes.</summary>
    private const int SpectraPerPage = 20;

    private readonly TomListing<TomDatumThere> _points = new(client, target, ToolkitDatum.Photometry, PointsPerPage, TomDatumThere.Read);
    private readonly TomListing<TomSpectrumThere> _spectra = new(client, target, ToolkitDatum.Spectroscopy, SpectraPerPage, TomSpectrumThere.Read);

    public long Target => target;

    /// <summary>The answer repeats the datum that was sent: it is stored.</summary>
    public static bool IsEcho(JsonElement answer, JsonObject sent) => IsSpectrum(sent)
        ? TomSpectrumThere.Read(answer)?.TimeMicroseconds == TomSpectrumThere.Read(Element(sent))?.TimeMicroseconds
        : TomDatumThere.Read(answer) is { } echo && echo.TimeMicroseconds == TomDatumThere.Of(sent).TimeMicroseconds;

    /// <summary>The target was made just now.</summary>
    public void Begin()
    {
        _points.Begin();
        _spectra.Begin();
    }

    /// <summary>Reads what is there of the kind of this datum. Null, or what ends the part; throws <see cref="TomSilentException"/>.</summary>
    public Task<SendOutcome?> ReadAsync(JsonObject sent, CancellationToken deadline) => IsSpectrum(sent) ? _spectra.ReadAsync(deadline) : _points.ReadAsync(deadline);

    /// <summary>As far as it was read.</summary>
    public bool Has(JsonObject sent) => IsSpectrum(sent)
        ? TomSpectrumThere.Read(Element(sent)) is { } spectrum && _spectra.Exists(spectrum.Equals)
        : _points.Exists(TomDatumThere.Of(sent).IsSame);

    /// <summary>The other TOM has taken it.</summary>
    public void Add(JsonObject sent)
    {
        if (!IsSpectrum(sent))
        {
            _points.Add(TomDatumThere.Of(sent));
        }
        else if (TomSpectrumThere.Read(Element(sent)) is { } spectrum)
        {
            _spectra.Add(spectrum);
        }
    }

    /// <summary>
    /// It has something else of the same measurement, and is one of those that keep one value of it: why this one is not taken; null where it has nothing of it.
    /// </summary>
    public string? Other(JsonObject sent)
    {
        if (IsSpectrum(sent))
        {
            return null;
        }

        var ours = TomDatumThere.Of(sent);
        var measurement = $"{(string?)sent["timestamp"]} in {ours.Filter}";
        return _points.Find(there => there.IsOneOfEach && there.IsSameEpoch(ours)) is not { } other ? null
            : ours.Magnitude is null && other is { Magnitude: null, Limit: null }
                ? $"it has a limit for {measurement} and does not tell which, so that this one is there cannot be said; it takes one of each"
            : $"it keeps another value for {measurement}, and takes one of each";
    }

    private static bool IsSpectrum(JsonObject datum) => (string?)datum["data_type"] == ToolkitDatum.Spectroscopy;

    private static JsonElement Element(JsonObject sent) => JsonSerializer.SerializeToElement(sent);
}
