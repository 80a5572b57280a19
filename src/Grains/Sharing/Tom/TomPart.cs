using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>A part read back from its stored bytes.</summary>
/// <param name="Names">Main name first, then each alias.</param>
/// <param name="Target">Body that creates the target.</param>
/// <param name="HasPosition">False where a sidereal target has no coordinates, and so cannot be created.</param>
/// <param name="List">Whether a target that is there already is put on the list.</param>
/// <param name="Data">The data, without the target's id.</param>
/// <param name="File">The file that is uploaded instead; null for none.</param>
internal sealed record TomPart(ImmutableArray<string> Names, JsonObject Target, bool HasPosition, bool List, ImmutableArray<JsonObject> Data, JsonObject? File)
{
    public static TomPart Read(ReadOnlyMemory<byte> body)
    {
        var part = JsonNode.Parse(body.Span)!.AsObject();
        var target = part["target"]!.AsObject();
        return new(
            [(string)target["name"]!, .. target["aliases"]!.AsArray().Select(alias => (string)alias!["name"]!)],
            target,
            target.ContainsKey("ra") || (string?)target["type"] == ToolkitTarget.NonSidereal,
            (bool)part["list"]!,
            [.. part["data"]!.AsArray().Select(datum => datum!.AsObject())],
            part["file"] as JsonObject);
    }

    /// <summary>Body that puts a target on the lists, and changes nothing else.</summary>
    public string Lists() => new JsonObject { ["target_lists"] = Target["target_lists"]!.DeepClone() }.ToJsonString(Plain);

    public string Creation() => Target.ToJsonString(Plain);

    public static string Datum(JsonObject datum, long target)
    {
        var body = datum.DeepClone().AsObject();
        body["target"] = target;
        return body.ToJsonString(Plain);
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
