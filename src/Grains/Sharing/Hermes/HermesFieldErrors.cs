using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Makes lines of Hermes' tree of validation errors, which mirrors the request: <c>{"data":{"photometry":[{},{"bandpass":["This field is required."]}]}}</c> is
/// <c>data.photometry[1].bandpass: This field is required.</c> Odd cases seen: errors of list items as <c>{"1":[..]}</c>, a null row as a bare list of texts, <c>non_field_errors</c>.
/// </summary>
internal static class HermesFieldErrors
{
    private const int MostLines = 20;

    public static string Flatten(JsonElement errors)
    {
        var lines = new List<string>();
        Collect(errors, "", lines);
        var shown = string.Join('\n', lines.Take(MostLines));
        return lines.Count > MostLines ? $"{shown}\n... and {lines.Count - MostLines} more" : shown;
    }

    private static void Collect(JsonElement node, string path, List<string> lines)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in node.EnumerateObject())
                {
                    Collect(member.Value, Step(path, member.Name), lines);
                }

                break;
            case JsonValueKind.Array when node.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                if (node.GetArrayLength() > 0)
                {
                    Add(path, string.Join(' ', node.EnumerateArray().Select(item => item.GetString())), lines);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in node.EnumerateArray())
                {
                    Collect(item, $"{path}[{index++}]", lines);
                }

                break;
            case JsonValueKind.String:
                Add(path, node.GetString()!, lines);
                break;
            default:
                Add(path, node.GetRawText(), lines);
                break;
        }
    }

    private static string Step(string path, string name) =>
        name == "non_field_errors" ? path
        : name.Length > 0 && name.All(char.IsAsciiDigit) ? $"{path}[{name}]"
        : path.Length == 0 ? name
        : $"{path}.{name}";

    private static void Add(string path, string words, List<string> lines) => lines.Add(path.Length == 0 ? words : $"{path}: {words}");
}
