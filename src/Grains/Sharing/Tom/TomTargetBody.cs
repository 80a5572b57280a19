using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets;
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

    /// <param name="target">The target.</param>
    /// <param name="tomName">TOM_NAME: it comes on the list <c>Imported From TOM_NAME</c>.</param>
    /// <param name="lists">Lists that are shared: it comes on those it is in, too.</param>
    public static JsonObject Of(Target target, string tomName, ImmutableArray<string> lists)
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

        var shared = target.Lists.Select(list => list.Name).Where(name => lists.Any(asked => TargetEntries.NormaliseList(asked) == TargetEntries.NormaliseList(name)));
        body["target_lists"] = new JsonArray([.. shared.Prepend($"Imported From {tomName}").Select(name => new JsonObject { ["name"] = name })]);
        return body;
    }
}
