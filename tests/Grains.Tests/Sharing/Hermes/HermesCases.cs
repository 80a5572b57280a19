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
}
