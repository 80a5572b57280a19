using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.MovingIn;

/// <summary>
/// A target of another TOM as it is to be here. What the Toolkit lets pass and we do not, but which means nothing (an alias that is the name once more, a field without a key), is left out. Pure.
/// </summary>
internal sealed record ArrivingTarget
{
    public required long RemoteId { get; init; }

    /// <summary>Empty where it states none.</summary>
    public required string Name { get; init; }

    /// <summary>Those that differ from each other and from the name, as names are compared.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>Null where it could be no target here.</summary>
    public TargetDraft? Draft { get; init; }

    /// <summary>Why it could be none; null where it could.</summary>
    public string? Fault { get; init; }

    /// <summary>Throws <see cref="JsonException"/> for what is no JSON object, or names a member twice.</summary>
    public static ArrivingTarget Read(byte[] text)
    {
        if (JsonNode.Parse(text, documentOptions: ArrivingJson.Strict) is not JsonObject body)
        {
            throw new JsonException("A target is a JSON object.");
        }

        var faults = new ToolkitFaults();
        var name = ToolkitValues.Text(body, "name", faults) ?? "";
        var aliases = ToolkitTargetBody.Names(body, "aliases", faults)
            .Where(alias => TargetNames.Normalise(alias) is { Length: > 0 } normalised && normalised != TargetNames.Normalise(name))
            .DistinctBy(TargetNames.Normalise)
            .ToImmutableArray();
        body["aliases"] = new JsonArray([.. aliases.Select(alias => (JsonNode)new JsonObject { ["name"] = alias })]);
        Clean(body);
        var draft = ToolkitTargetBody.ReadNew(body, faults);
        return new()
        {
            RemoteId = ToolkitValues.Integer(body["id"]) ?? 0,
            Name = name,
            Aliases = aliases,
            Draft = draft,
            Fault = draft is null ? faults.ToString() : null,
        };
    }

    private static void Clean(JsonObject body)
    {
        if (body["targetextra_set"] is JsonArray extras)
        {
            body["targetextra_set"] = new JsonArray([.. extras.OfType<JsonObject>().Where(extra => !string.IsNullOrWhiteSpace(extra["key"]?.ToString())).Select(extra => extra.DeepClone())]);
        }

        if (body[ToolkitTarget.Permissions]?.ToString() is not { } permissions || !ToolkitTarget.PermissionWords.Contains(permissions))
        {
            body.Remove(ToolkitTarget.Permissions);
        }
    }
}
