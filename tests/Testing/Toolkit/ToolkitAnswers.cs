using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TomOrleans.Testing.Toolkit;

/// <summary>The shapes of the Toolkit's answers.</summary>
internal static class ToolkitAnswers
{
    public const string Page = "<!DOCTYPE html><html><body>A page</body></html>";
    private const int PageSize = 100;

    public static JsonObject Errors(string field, string words) => new() { [field] = new JsonArray(words) };

    public static JsonObject PageOf(HttpRequest request, IReadOnlyList<JsonObject> all)
    {
        var limit = int.TryParse(request.Query["limit"], CultureInfo.InvariantCulture, out var asked) ? asked : PageSize;
        var offset = int.TryParse(request.Query["offset"], CultureInfo.InvariantCulture, out var given) ? given : 0;
        var others = string.Concat(request.Query.Where(pair => pair.Key is not ("limit" or "offset")).Select(pair => $"&{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}"));
        return new()
        {
            ["count"] = all.Count,
            ["next"] = offset + limit < all.Count ? $"http://{request.Host}{request.Path}?limit={limit}&offset={offset + limit}{others}" : null,
            ["previous"] = null,
            ["results"] = new JsonArray([.. all.Skip(offset).Take(limit)]),
        };
    }
}
