using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// The filters of <c>GET api/reduceddatums/</c>: <c>target__id</c>, <c>target_name</c> (part of a name or alias), <c>source_name</c>, <c>data_type</c>. Newest first within a target, targets by name; each
/// datum once.
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
        if (query.Integer("target__id") is { } id)
        {
            var target = await TargetsApi.FindAsync(id, grains);
            var all = await OfTargetAsync(target, type, source, grains);
            return ToolkitRequests.Page(request, all.Count, await WriteAsync(all.Skip(offset).Take(limit), grains));
        }

        var text = query.Text("target_name");
        if (text is null && (type == ToolkitDatum.Spectroscopy || source is not null))
        {
            throw ToolkitRefusal.Detail(StatusCodes.Status400BadRequest, "Say of which target, with target__id or target_name: spectra and sources of all targets are not listed together.");
        }

        return await OverTargetsAsync(request, text, type, source, grains);
    }

    private static async Task<JsonObject> OverTargetsAsync(HttpRequest request, string? text, string? type, string? source, IGrainFactory grains)
    {
        var (offset, limit) = request.Query.Page();
        var picked = new List<Found>();
        long before = 0;
        for (var at = 0; ; at += TargetsAtOnce)
        {
            var page = await grains.TargetDirectory().ListAsync(new() { Text = text, Offset = at, Limit = TargetsAtOnce });
            foreach (var target in page.Targets)
            {
                // Without a filter the number is known without looking, and spectra are not among them.
                var all = text is null && (before + target.Points <= offset || picked.Count >= limit) ? null : await OfTargetAsync(target, text is null ? ToolkitDatum.Photometry : type, source, grains);
                picked.AddRange((all ?? []).Skip((int)Math.Max(0, offset - before)).Take(limit - picked.Count));
                before += all?.Count ?? target.Points;
            }

            if (page.Targets.Length < TargetsAtOnce || (text is null && picked.Count >= limit))
            {
                break;
            }
        }

        var count = text is null ? Math.Max(before, (await grains.Tom().GetStatusAsync()).Points) : before;
        return ToolkitRequests.Page(request, count, await WriteAsync(picked, grains));
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
