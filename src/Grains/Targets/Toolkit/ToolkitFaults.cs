using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>What is wrong with a body, field by field, as the TOM Toolkit's REST says it: <c>{"name":["This field is required."]}</c>.</summary>
public sealed class ToolkitFaults
{
    /// <summary>Where faults of no single field stand.</summary>
    public const string NoField = "non_field_errors";
    public const string Required = "This field is required.";

    private readonly JsonObject _fields = [];

    public bool Any => _fields.Count > 0;

    public void Add(string field, string fault)
    {
        if (_fields[field] is JsonArray known)
        {
            known.Add(fault);
        }
        else
        {
            _fields[field] = new JsonArray(fault);
        }
    }

    /// <summary>A fault of a part of a field, such as one of its rows.</summary>
    public void Set(string field, JsonNode faults) => _fields[field] = faults;

    public JsonObject ToJson() => (JsonObject)_fields.DeepClone();

    /// <summary>All of it in one line for a person.</summary>
    public override string ToString() => OneLine.Of(string.Join("; ", _fields.Select(field => $"{field.Key}: {Flat(field.Value)}")));

    private static string Flat(JsonNode? faults) => faults switch
    {
        JsonArray list => string.Join(" ", list.Select(Flat)),
        JsonObject fields => string.Join(" ", fields.Select(field => $"{field.Key}: {Flat(field.Value)}")),
        JsonValue value => value.ToString(),
        _ => "",
    };
}
