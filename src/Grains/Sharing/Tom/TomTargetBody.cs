using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// Body of <c>POST api/targets/</c>: what we know of the target, sidereal or not, its free fields too. No id of ours is in it, for the Toolkit takes those of aliases and free fields for its own, and
/// nothing that it works out or decides itself: dates, galactic coordinates, permissions, groups.
/// </summary>
internal static class TomTargetBody
{
    private static readonly string[] NotSent = ["id", "created", "modified", ToolkitTarget.Permissions, "galactic_lng", "galactic_lat", "groups"];

    public static JsonObject Of(Target target, string tomName)
    {
        var body = ToolkitTarget.ToJson(target);
        foreach (var name in NotSent)
        {
            body.Remove(name);
        }

        foreach (var (name, _) in body.Where(member => member.Value is null || (member.Value is JsonValue text && text.ToString().Length == 0)).ToList())
        {
            body.Remove(name);
        }

        body["aliases"] = new JsonArray([.. target.Aliases.Where(alias => !string.IsNullOrWhiteSpace(alias)).Distinct(StringComparer.Ordinal).Select(alias => new JsonObject { ["name"] = alias })]);
        foreach (var extra in body["targetextra_set"]!.AsArray())
        {
            extra!.AsObject().Remove("id");
        }

        body["target_lists"] = new JsonArray(new JsonObject { ["name"] = $"Imported From {tomName}" });
        return body;
    }
}
