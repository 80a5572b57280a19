using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Testing;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

/// <summary>Requests and answers recorded from a real Hermes.</summary>
internal static class HermesCases
{
    public static IEnumerable<JsonObject> Read()
    {
        var (path, reason) = SharedData.Find("hermes/cases.jsonl");
        Assert.SkipUnless(path is not null, reason ?? "");
        return File.ReadLines(path!).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!.AsObject());
    }

    /// <summary>The requests' bodies as they were sent, by the case's id: half surrogate pairs do not survive being read.</summary>
    public static IReadOnlyDictionary<string, byte[]> Bodies()
    {
        var (path, reason) = SharedData.Find("hermes/cases.jsonl");
        Assert.SkipUnless(path is not null, reason ?? "");
        var bodies = new Dictionary<string, byte[]>();
        foreach (var line in File.ReadLines(path!).Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            var request = document.RootElement.GetProperty("request");
            if (request.TryGetProperty("json", out var json))
            {
                bodies[Id(document)] = Encoding.UTF8.GetBytes(json.GetRawText());
            }
            else if (request.TryGetProperty("body_base64", out var bytes))
            {
                bodies[Id(document)] = bytes.GetBytesFromBase64();
            }
            else if (request.TryGetProperty("multipart", out var form))
            {
                bodies[Id(document)] = Encoding.UTF8.GetBytes(form.GetProperty("data").GetString()!);
            }
        }

        return bodies;
    }

    private static string Id(JsonDocument recorded) => recorded.RootElement.GetProperty("id").GetString()!;
}
