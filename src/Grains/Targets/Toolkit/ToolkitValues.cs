using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>Values of a JSON body as Django's REST framework takes them: numbers as numbers or as text; null, absent and (for numbers) empty text are not stated.</summary>
internal static class ToolkitValues
{
    /// <summary>The text of a field, trimmed; null where none is stated. A number is taken as its text; anything else is a fault.</summary>
    public static string? Text(JsonObject body, string key, ToolkitFaults faults)
    {
        switch (body[key])
        {
            case null:
                return null;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                return value.GetValue<string>().Trim();
            case JsonValue value when value.GetValueKind() is JsonValueKind.Number:
                return value.ToJsonString();
            default:
                faults.Add(key, "Not a valid string.");
                return null;
        }
    }

    /// <summary>The number of a field; null where none is stated. Zero is a value.</summary>
    public static double? Number(JsonObject body, string key, ToolkitFaults faults)
    {
        if (!TryNumber(body[key], out var number))
        {
            faults.Add(key, "A valid number is required.");
        }

        return number;
    }

    public static bool TryNumber(JsonNode? node, out double? number)
    {
        number = null;
        var text = node switch
        {
            null => "",
            JsonValue value when value.GetValueKind() is JsonValueKind.Number => value.ToJsonString(),
            JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>().Trim(),
            _ => null,
        };
        if (text is "")
        {
            return true;
        }

        if (text is null || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) || !double.IsFinite(parsed))
        {
            return false;
        }

        number = parsed + 0.0;
        return true;
    }

    /// <summary>The integer of a field, given as a number or as text; null where none is stated, or it is none.</summary>
    public static long? Integer(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && long.TryParse(value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : null;

    /// <summary>The objects of a list; a text or null among them, or no list at all, is a fault.</summary>
    public static IReadOnlyList<JsonObject> Objects(JsonObject body, string key, ToolkitFaults faults)
    {
        switch (body[key])
        {
            case null:
                return [];
            case JsonArray list when list.All(item => item is JsonObject):
                return [.. list.Cast<JsonObject>()];
            default:
                faults.Add(key, "Expected a list of items, each a dictionary.");
                return [];
        }
    }
}
