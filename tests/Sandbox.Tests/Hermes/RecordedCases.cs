using System.Text.Json;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>
/// Requests to the real service and what it answered and published. Third-party data: read from <c>shared/data</c> beside the repository
/// (or TOM_SHARED_DATA), absent elsewhere.
/// </summary>
internal static class RecordedCases
{
    public static readonly string? Path = Find();

    public static IReadOnlyList<JsonElement> All { get; } =
        Path is null ? [] : [.. File.ReadLines(Path).Select(line => JsonDocument.Parse(line).RootElement)];

    public static JsonElement Get(string id) => All.Single(c => c.GetProperty("id").GetString() == id);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TOM_SHARED_DATA") is { Length: > 0 } given)
        {
            return Existing(given);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(System.IO.Path.Combine(folder.FullName, "shared", "data")) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    private static string? Existing(string data)
    {
        var path = System.IO.Path.Combine(data, "hermes", "cases.jsonl");
        return File.Exists(path) ? path : null;
    }
}
