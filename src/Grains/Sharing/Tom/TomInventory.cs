using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>What a target has at the other TOM, read once for points and once for spectra, when it is asked for.</summary>
internal sealed class TomInventory(TomClient client, long target)
{
    private const int PageSize = 1000;
    private const int MostPages = 200;

    private List<TomDatumThere>? _points;
    private List<TomSpectrumThere>? _spectra;

    public static bool IsSpectrum(JsonObject datum) => (string?)datum["data_type"] == ToolkitDatum.Spectroscopy;

    /// <summary>The answer repeats the datum that was sent: it is stored.</summary>
    public static bool IsEcho(JsonElement answer, JsonObject sent) => IsSpectrum(sent)
        ? TomSpectrumThere.Read(answer)?.TimeMicroseconds == TomSpectrumThere.Read(Element(sent))?.TimeMicroseconds
        : TomDatumThere.Read(answer) is { } echo && echo.TimeMicroseconds == TomDatumThere.Of(sent).TimeMicroseconds;

    /// <summary>Throws <see cref="TomSilentException"/> when the other TOM does not tell.</summary>
    public async Task<bool> HasAsync(JsonObject sent, CancellationToken deadline)
    {
        if (IsSpectrum(sent))
        {
            var ours = TomSpectrumThere.Read(Element(sent));
            return ours is not null && (await SpectraAsync(deadline)).Exists(ours.IsSame);
        }

        return (await PointsAsync(deadline)).Contains(TomDatumThere.Of(sent));
    }

    /// <summary>It has another value of the same measurement, and is one of those that keep one.</summary>
    public async Task<bool> HasOtherValueAsync(JsonObject sent, CancellationToken deadline) =>
        !IsSpectrum(sent) && (await PointsAsync(deadline)).Exists(TomDatumThere.Of(sent).IsSameEpoch);

    /// <summary>It may have more by now.</summary>
    public void Forget() => (_points, _spectra) = (null, null);

    private static JsonElement Element(JsonObject sent) => JsonSerializer.SerializeToElement(sent);

    private async Task<List<TomDatumThere>> PointsAsync(CancellationToken deadline) =>
        _points ??= await ReadAsync(ToolkitDatum.Photometry, datum => TomDatumThere.Read(datum) ?? default, deadline);

    private async Task<List<TomSpectrumThere>> SpectraAsync(CancellationToken deadline) =>
        _spectra ??= [.. (await ReadAsync(ToolkitDatum.Spectroscopy, TomSpectrumThere.Read, deadline)).OfType<TomSpectrumThere>()];

    private async Task<List<T>> ReadAsync<T>(string type, Func<JsonElement, T> read, CancellationToken deadline)
    {
        // Counted as they come: the pages are made of them, whatever they are.
        var there = new List<T>();
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.AskAsync(
                HttpMethod.Get,
                string.Create(CultureInfo.InvariantCulture, $"api/reduceddatums/?target__id={target}&data_type={type}&limit={PageSize}&offset={there.Count}"),
                null,
                deadline);
            if (!answer.IsSuccess || answer.Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array)
            {
                throw new TomSilentException($"its list of data cannot be read ({answer.Words})");
            }

            var count = results.GetArrayLength();
            there.AddRange(results.EnumerateArray().Select(read));
            if (count == 0 || !json.TryGetProperty("next", out var next) || next.ValueKind != JsonValueKind.String)
            {
                break;
            }
        }

        return there;
    }
}
