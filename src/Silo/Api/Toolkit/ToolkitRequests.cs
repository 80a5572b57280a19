using System.Globalization;
using System.Text.Json.Nodes;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>Bodies, pages and numbers of requests, as the Toolkit's REST framework has them.</summary>
internal static class ToolkitRequests
{
    public const int PageSize = 100;
    public const int LargestPage = 1_000;

    /// <summary>The JSON object of the body. Throws for another content, or JSON that is no object.</summary>
    public static async Task<JsonObject> ReadObjectAsync(this HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw ToolkitRefusal.Detail(StatusCodes.Status415UnsupportedMediaType, $"Unsupported media type \"{request.ContentType}\" in request: send application/json.");
        }

        return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject
            ?? throw ToolkitRefusal.Detail(StatusCodes.Status400BadRequest, "Invalid data. Expected a dictionary.");
    }

    /// <summary>A text of the query; null where it is absent or blank.</summary>
    public static string? Text(this IQueryCollection query, string key) => query[key].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number of the query; null where it is absent. Throws for another text.</summary>
    public static long? Integer(this IQueryCollection query, string key) =>
        query.Text(key) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ToolkitRefusal(StatusCodes.Status400BadRequest, new() { [key] = new JsonArray("Enter a whole number.") });

    public static (int Offset, int Limit) Page(this IQueryCollection query) =>
        ((int)Math.Clamp(query.Integer("offset") ?? 0, 0, int.MaxValue), (int)Math.Clamp(query.Integer("limit") ?? PageSize, 1, LargestPage));

    /// <summary><c>{"count","next","previous","results"}</c>, the addresses absolute.</summary>
    public static JsonObject Page(HttpRequest request, long count, IEnumerable<JsonNode> results)
    {
        var (offset, limit) = request.Query.Page();
        return new()
        {
            ["count"] = count,
            ["next"] = (long)offset + limit < count ? Address(request, (long)offset + limit, limit) : null,
            ["previous"] = offset > 0 ? Address(request, Math.Max(0, offset - limit), limit) : null,
            ["results"] = new JsonArray([.. results]),
        };
    }

    private static string Address(HttpRequest request, long offset, int limit)
    {
        var others = request.Query.Where(pair => pair.Key is not ("offset" or "limit")).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        var query = QueryString.Create([.. others, new("limit", limit.ToString(CultureInfo.InvariantCulture)), new("offset", offset.ToString(CultureInfo.InvariantCulture))]);
        return $"{request.Scheme}://{request.Host}{request.Path}{query}";
    }
}
