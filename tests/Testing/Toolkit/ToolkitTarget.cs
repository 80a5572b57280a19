using System.Text.Json.Nodes;

namespace TomOrleans.Testing.Toolkit;

/// <summary>A target of the stand-in.</summary>
public sealed record ToolkitTarget(long Id, string Name, JsonObject Body, IReadOnlyList<string> Aliases)
{
    public HashSet<string> Lists { get; } = [];

    /// <summary>As the REST interface shows it: without its lists.</summary>
    public JsonObject View()
    {
        var view = Body.DeepClone().AsObject();
        view.Remove("target_lists");
        view["id"] = Id;
        view["name"] = Name;
        view["aliases"] = new JsonArray([.. Aliases.Select((alias, i) => (JsonNode)new JsonObject { ["id"] = i + 1, ["name"] = alias })]);
        return view;
    }
}
