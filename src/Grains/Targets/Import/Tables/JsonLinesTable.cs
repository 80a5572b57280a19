using System.Text.Json;

namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>An object a line (https://jsonlines.org): its members are the row's values; objects and lists in it are not read.</summary>
internal static class JsonLinesTable
{
    private const int MostColumns = 200;

    public static bool Recognises(string text) => text.AsSpan().TrimStart().StartsWith("{");

    public static FileTable Read(string text)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<(int Line, List<(int Place, string Text)> Values, string? Fault)>();
        foreach (var (number, line, _) in TextLines.Of(text))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                var values = new List<(int, string)>();
                rows.Add((number, values, ReadObject(line, places, values)));
            }
        }

        return new() { Columns = [.. places.Keys], Rows = rows.Select(row => new TableRow(row.Line, Cells(row.Values, places.Count), row.Fault)) };
    }

    private static string? ReadObject(string line, Dictionary<string, int> places, List<(int, string)> values)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "is no JSON object";
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                var text = member.Value.ValueKind switch
                {
                    JsonValueKind.String => member.Value.GetString()!,
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => member.Value.GetRawText(),
                    _ => "",
                };
                if (!places.TryGetValue(member.Name, out var place))
                {
                    if (places.Count == MostColumns)
                    {
                        continue;
                    }

                    places[member.Name] = place = places.Count;
                }

                values.Add((place, text));
            }

            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "is no JSON object";
        }
    }

    private static string[] Cells(List<(int Place, string Text)> values, int columns)
    {
        var cells = new string[columns];
        Array.Fill(cells, "");
        values.ForEach(value => cells[value.Place] = value.Text);
        return cells;
    }
}
