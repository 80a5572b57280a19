using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api;

/// <summary>
/// <c>GET /api/photometry?target=NAME&amp;format=csv</c>: a target's measurements as a file, written as it is read. Formats: <c>csv</c> (default), <c>toolkit</c>, <c>ecsv</c>, <c>votable</c>, <c>jsonl</c>.
/// <c>GET /api/light-curve?target=NAME</c>: the same column by column, for who draws it (<see cref="ITargetPhotometryGrain.GetLightCurveAsync"/>).
/// </summary>
public static class PhotometryApi
{
    private static readonly Dictionary<string, (PhotometryFileFormat Format, string Type, string Extension)> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csv"] = (PhotometryFileFormat.Csv, "text/csv; charset=utf-8", "csv"),
        ["toolkit"] = (PhotometryFileFormat.ToolkitCsv, "text/csv; charset=utf-8", "csv"),
        ["ecsv"] = (PhotometryFileFormat.Ecsv, "text/plain; charset=utf-8", "ecsv"),
        ["votable"] = (PhotometryFileFormat.VoTable, "application/x-votable+xml", "vot"),
        ["jsonl"] = (PhotometryFileFormat.JsonLines, "application/x-ndjson", "jsonl"),
    };

    public static IEndpointRouteBuilder MapPhotometry(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/photometry", WriteAsync);
        routes.MapGet("/api/light-curve", GetLightCurveAsync);
        return routes;
    }

    private static async Task<IResult> WriteAsync(string target, string? format, IGrainFactory grains, HttpContext context, CancellationToken ct)
    {
        if (!Formats.TryGetValue(format ?? "csv", out var form))
        {
            return TypedResults.Problem($"The formats are {string.Join(", ", Formats.Keys)}.", statusCode: StatusCodes.Status400BadRequest, title: "Unknown format");
        }

        try
        {
            var found = await grains.TargetDirectory().FindAsync(target);
            var grain = grains.TargetPhotometry(found.Id);

            // The first page before the head is sent: a refusal is still an answer of its own.
            var page = await grain.ExportAsync(form.Format, 0);
            context.Response.ContentType = form.Type;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{FileName(found.Name)}.{form.Extension}\"";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            await context.Response.Body.WriteAsync(page.Content, ct);
            while (page.Next is { } next)
            {
                page = await grain.ExportAsync(form.Format, next);
                await context.Response.Body.WriteAsync(page.Content, ct);
            }

            return TypedResults.Empty;
        }
        catch (TomException refusal) when (!context.Response.HasStarted)
        {
            return Problem(refusal);
        }
    }

    private static async Task<IResult> GetLightCurveAsync(string target, IGrainFactory grains)
    {
        try
        {
            return TypedResults.Bytes(await grains.TargetPhotometry((await grains.TargetDirectory().FindAsync(target)).Id).GetLightCurveAsync(), "application/json");
        }
        catch (TomException refusal)
        {
            return Problem(refusal);
        }
    }

    private static ProblemHttpResult Problem(TomException refusal) =>
        TypedResults.Problem(refusal.Message, statusCode: refusal.Fault == TomFault.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable, title: "No photometry");

    /// <summary>Letters, digits and hyphens of the target's name: nothing that a header or a file system could take for something else.</summary>
    public static string FileName(string target)
    {
        var kept = string.Concat(target.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character).ToString(CultureInfo.InvariantCulture) : "-")).Trim('-');
        return kept.Length == 0 ? "photometry" : kept[..Math.Min(kept.Length, 100)];
    }
}
