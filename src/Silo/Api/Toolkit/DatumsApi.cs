using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Security;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// <c>api/reduceddatums/</c> in the Toolkit's shapes, and <c>api/reduceddatums/batch/</c> of our own for many at once: <c>{"data":[datum,...]}</c> is answered with one
/// <c>{"status","message"}</c> a datum, in order. A datum is durable when it is answered with 201; one that is known already is answered with 409, and repeating it is safe. Another value of a known
/// one is taken from whom it came, and answered with 422 to others: it is not stored.
/// </summary>
internal static class DatumsApi
{
    private const int MostInBatch = 5_000;
    private const string Known = "This measurement is stored already; to correct it, post it as the one who brought it, or withdraw it there.";
    private const string Withheld = "Another value of this measurement is stored, and it did not come from you: a revision is taken from who measured it, or from who brought it. This one is not stored.";

    public static void MapDatums(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reduceddatums", async (HttpRequest request, IGrainFactory grains) => TypedResults.Json(await DatumSearch.FindAsync(request, grains)));
        api.MapPost("/reduceddatums", AddAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapPost("/reduceddatums/batch", AddManyAsync).RequireAuthorization(nameof(TomRole.Contributor));
    }

    private static async Task<IResult> AddAsync(HttpRequest request, IGrainFactory grains, TimeProvider time)
    {
        var body = await request.ReadObjectAsync();
        var datum = Read(body, Poster(request), time);
        if (datum.Faults.Any)
        {
            throw ToolkitRefusal.Of(datum.Faults);
        }

        var (fate, json) = datum.Point is { } point
            ? ((await RecordAsync(datum.Target, [point], grains))[0], ToolkitDatum.ToJson(datum.Target, point))
            : (await RecordAsync(datum.Target, datum.Spectrum!, grains), ToolkitDatum.ToJson(datum.Target, datum.Spectrum!));
        if (Refusal(fate) is var (status, words))
        {
            return TypedResults.Json(new JsonObject { [ToolkitFaults.NoField] = new JsonArray(words) }, statusCode: status);
        }

        json["message"] = "Data successfully uploaded.";
        return TypedResults.Json(json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> AddManyAsync(HttpRequest request, IGrainFactory grains, TimeProvider time)
    {
        var body = await request.ReadObjectAsync();
        if (body["data"] is not JsonArray { Count: <= MostInBatch } list)
        {
            throw ToolkitRefusal.Detail(StatusCodes.Status400BadRequest, $"\"data\" must be a list of at most {MostInBatch} data.");
        }

        var poster = Poster(request);
        var data = list.Select(node => node is JsonObject datum ? Read(datum, poster, time) : Unreadable()).ToArray();
        var results = new JsonNode[data.Length];
        foreach (var target in data.Select((datum, i) => (Datum: datum, At: i)).Where(entry => entry.Datum.Point is not null && !entry.Datum.Faults.Any).GroupBy(entry => entry.Datum.Target))
        {
            var entries = target.ToArray();
            try
            {
                var fates = await RecordAsync(target.Key, [.. entries.Select(entry => entry.Datum.Point!)], grains);
                for (var i = 0; i < entries.Length; i++)
                {
                    results[entries[i].At] = Result(fates[i]);
                }
            }
            catch (ToolkitRefusal refusal)
            {
                foreach (var entry in entries)
                {
                    results[entry.At] = Result(refusal.Status, refusal.Message);
                }
            }
        }

        for (var i = 0; i < data.Length; i++)
        {
            results[i] ??= data[i].Faults.Any ? Result(StatusCodes.Status400BadRequest, data[i].Faults.ToString()) : await RecordOneAsync(data[i], grains);
        }

        return TypedResults.Json(new JsonObject { ["results"] = new JsonArray(results) });
    }

    private static async Task<JsonNode> RecordOneAsync(Datum datum, IGrainFactory grains)
    {
        try
        {
            return Result(await RecordAsync(datum.Target, datum.Spectrum!, grains));
        }
        catch (ToolkitRefusal refusal)
        {
            return Result(refusal.Status, refusal.Message);
        }
    }

    private static async Task<IReadOnlyList<PointFate>> RecordAsync(long target, PhotometryPoint[] points, IGrainFactory grains) =>
        await ForTargetAsync(target, async () => await grains.Target(target).RecordPhotometryAsync([.. points]));

    private static async Task<PointFate> RecordAsync(long target, Spectrum spectrum, IGrainFactory grains) =>
        (await ForTargetAsync(target, async () => await grains.TargetSpectra(target).RecordAsync([spectrum])))[0];

    private static async Task<T> ForTargetAsync<T>(long target, Func<Task<T>> record)
    {
        try
        {
            return await record();
        }
        catch (TomException refusal) when (refusal.Fault is TomFault.NotFound or TomFault.Gone)
        {
            var faults = new ToolkitFaults();
            faults.Add("target", $"Invalid pk \"{target}\" - object does not exist.");
            throw ToolkitRefusal.Of(faults);
        }
    }

    private static Datum Read(JsonObject body, string poster, TimeProvider time)
    {
        var faults = new ToolkitFaults();
        var target = ToolkitDatumTarget.Read(body, faults);
        var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return ToolkitDatumBody.TypeOf(body, faults) switch
        {
            ToolkitDatum.Photometry => new(target, ToolkitDatumBody.ReadPoint(body, poster, now, faults), null, faults),
            ToolkitDatum.Spectroscopy => new(target, null, ToolkitDatumBody.ReadSpectrum(body, poster, now, faults), faults),
            _ => new(target, null, null, faults),
        };
    }

    private static Datum Unreadable()
    {
        var faults = new ToolkitFaults();
        faults.Add(ToolkitFaults.NoField, "Invalid data. Expected a dictionary.");
        return new(0, null, null, faults);
    }

    /// <summary>Null for what is stored now.</summary>
    private static (int Status, string Words)? Refusal(PointFate fate) => fate switch
    {
        PointFate.Known or PointFate.Repeat => (StatusCodes.Status409Conflict, Known),
        PointFate.Withheld => (StatusCodes.Status422UnprocessableEntity, Withheld),
        _ => null,
    };

    private static JsonObject Result(PointFate fate) => Refusal(fate) is var (status, words)
        ? Result(status, words)
        : Result(StatusCodes.Status201Created, fate == PointFate.Revision ? "Stored as a revision." : "Data successfully uploaded.");

    private static JsonObject Result(int status, string message) => new() { ["status"] = status, ["message"] = message };

    private static string Poster(HttpRequest request) => request.HttpContext.User.Identity?.Name ?? "nobody";

    private sealed record Datum(long Target, PhotometryPoint? Point, Spectrum? Spectrum, ToolkitFaults Faults);
}
