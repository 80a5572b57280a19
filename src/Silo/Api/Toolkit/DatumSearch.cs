using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// The filters of <c>GET api/reduceddatums/</c>: <c>target__id</c>, <c>target_name</c> (part of a name or alias), <c>source_name</c>, <c>data_type</c>, <c>data_product__id</c> and <c>data_product_name</c>.
/// Newest first within a target, targets by name; each datum once. Without a target the photometry of all comes first, then the spectra.
/// </summary>
internal static class DatumSearch
{
    private const int TargetsAtOnce = 100;

    public static async Task<JsonObject> FindAsync(HttpRequest request, IGrainFactory grains)
    {
        var query = request.Query;
        var (offset, limit) = query.Page();
        var type = query.Text("data_type");
        var source = query.Text("source_name");
        if (query.Integer("data_product__id") is not null || query.Text("data_product_name") is not null || type is not (null or ToolkitDatum.Photometry or ToolkitDatum.Spectroscopy))
        {
            // No datum of ours states a product, and there are no other types.
            return ToolkitRequests.Page(request, 0, []);
        }

        if (query.Integer("target__id") is { } id)
        {
            var target = await TargetsApi.FindAsync(id, grains);
            var all = HasName(target, query.Text("target_name")) ? await OfTargetAsync(target, type, source, grains) : [];
            return ToolkitRequests.Page(request, all.Count, await WriteAsync(all.Skip(offset).Take(limit), grains));
        }

        return query.Text("target_name") is { } text ? await OfNameAsync(request, text, type, source, grains) : await OfAllAsync(request, type, source, grains);
    }

    private static async Task<JsonObject> OfNameAsync(HttpRequest request, string text, string? type, string? source, IGrainFactory grains)
    {
        var (offset, limit) = request.Query.Page();
        var picked = new List<Found>();
        var before = 0;
        await foreach (var target in TargetsAsync(text, grains))
        {
            var all = await OfTargetAsync(target, type, source, grains);
            picked.AddRange(all.Skip(offset - before).Take(limit - picked.Count));
            before += all.Count;
        }

        return ToolkitRequests.Page(request, before, await WriteAsync(picked, grains));
    }

    private static async Task<JsonObject> OfAllAsync(HttpRequest request, string? type, string? source, IGrainFactory grains)
    {
        if (source is not null && type != ToolkitDatum.Spectroscopy)
        {
            throw ToolkitRefusal.Detail(StatusCodes.Status400BadRequest, "Say of which target, with target__id or target_name: points of a source are not listed over all targets together.");
        }

        var (offset, limit) = request.Query.Page();
        var points = type is null or ToolkitDatum.Photometry ? (await grains.Tom().GetStatusAsync()).Points : 0;
        var picked = points > offset ? await PointsAsync(offset, limit, grains) : [];
        var spectra = 0L;
        if (type is null or ToolkitDatum.Spectroscopy)
        {
            var page = await grains.Spectra().ListAsync(source, (int)Math.Max(0, offset - points), points >= (long)offset + limit ? 0 : limit - picked.Count);
            picked.AddRange(page.Spectra.Select(spectrum => new Found(spectrum.Target, spectrum.Head.Time.UtcMicroseconds, spectrum.Head.Origin, null, spectrum.Head)));
            spectra = page.Total;
        }

        return ToolkitRequests.Page(request, points + spectra, await WriteAsync(picked, grains));
    }

    /// <summary>Targets whose points all come before the page are not looked into: how many those are is known.</summary>
    private static async Task<List<Found>> PointsAsync(int offset, int limit, IGrainFactory grains)
    {
        var picked = new List<Found>();
        long before = 0;
        await foreach (var target in TargetsAsync(null, grains))
        {
            if (before + target.Points > offset)
            {
                // No more than was counted, or the next page would begin elsewhere than this one ends.
                var all = await OfTargetAsync(target, ToolkitDatum.Photometry, null, grains);
                picked.AddRange(all.Take((int)target.Points).Skip((int)Math.Max(0, offset - before)).Take(limit - picked.Count));
            }

            before += target.Points;
            if (picked.Count >= limit)
            {
                break;
            }
        }

        return picked;
    }

    private static bool HasName(Target target, string? text) =>
        text is null || target.Aliases.Append(target.Name).Any(name => TargetNames.Normalise(name).Contains(TargetNames.Normalise(text), StringComparison.Ordinal));

    private static async IAsyncEnumerable<Target> TargetsAsync(string? text, IGrainFactory grains)
    {
        for (var at = 0; ; at += TargetsAtOnce)
        {
            var page = await grains.TargetDirectory().ListAsync(new() { Text = text, Offset = at, Limit = TargetsAtOnce });
            foreach (var target in page.Targets)
            {
                yield return target;
            }

            if (page.Targets.Length < TargetsAtOnce)
            {
                yield break;
            }
        }
    }

    private static async Task<List<Found>> OfTargetAsync(Target target, string? type, string? source, IGrainFactory grains)
    {
        var found = new List<Found>();
        if (type is null or ToolkitDatum.Photometry)
        {
            found.AddRange((await grains.Target(target.Id).GetPhotometryAsync()).Select(point => new Found(target.Id, point.Time.UtcMicroseconds, point.Origin, point, null)));
        }

        if (type is null or ToolkitDatum.Spectroscopy)
        {
            found.AddRange((await grains.TargetSpectra(target.Id).ListAsync()).Select(head => new Found(target.Id, head.Time.UtcMicroseconds, head.Origin, null, head)));
        }

        return [.. found.Where(datum => source is null || datum.Origin == source).OrderByDescending(datum => datum.TimeMicroseconds)];
    }

    private static async Task<List<JsonNode>> WriteAsync(IEnumerable<Found> found, IGrainFactory grains)
    {
        var written = new List<JsonNode>();
        foreach (var datum in found)
        {
            written.Add(datum.Point is { } point
                ? ToolkitDatum.ToJson(datum.Target, point)
                : ToolkitDatum.ToJson(datum.Target, await grains.TargetSpectra(datum.Target).GetAsync(datum.Spectrum!.Id)));
        }

        return written;
    }

    private sealed record Found(long Target, long TimeMicroseconds, string Origin, PhotometryPoint? Point, SpectrumHead? Spectrum);
}
