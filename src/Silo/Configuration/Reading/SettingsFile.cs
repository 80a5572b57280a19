using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>JSON with comments and trailing commas, into settings. A key that stands twice in one object is a fault, wherever it is.</summary>
internal static partial class SettingsFile
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Null when the text is no JSON object; then that was reported.</summary>
    public static Setting? Parse(ReadOnlyMemory<byte> json, ReadingContext context)
    {
        json = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        if (!Utf8.IsValid(json.Span))
        {
            context.Fault("", "the file is not UTF-8 text");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var root = Read("", document.RootElement, context);
            if (root.Kind != SettingKind.Object)
            {
                context.Fault("", "the file holds no JSON object: it has to begin with {");
                return null;
            }

            return root;
        }
        catch (JsonException exception)
        {
            context.Fault("", $"{Where(exception, json.Span)}: not JSON: {Reason(exception)}");
            return null;
        }
    }

    private static Setting Read(string path, JsonElement element, ReadingContext context)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return ReadObject(path, element, context);
            case JsonValueKind.Array:
                var list = new Setting(path, SettingKind.List);
                list.Items.AddRange(element.EnumerateArray().Select((item, index) => Read(SettingPath.Item(path, index), item, context)));
                return list;
            case JsonValueKind.String:
                return new(path, SettingKind.Text) { Text = TextOrNull(element.GetString) ?? Broken(path, context) };
            case JsonValueKind.Number:
                return new(path, SettingKind.Number) { Text = element.GetRawText() };
            case JsonValueKind.True or JsonValueKind.False:
                return new(path, SettingKind.Switch) { Text = element.GetRawText() };
            default:
                return new(path, SettingKind.Null);
        }
    }

    private static Setting ReadObject(string path, JsonElement element, ReadingContext context)
    {
        var setting = new Setting(path, SettingKind.Object);
        foreach (var property in element.EnumerateObject())
        {
            var key = TextOrNull(() => property.Name) ?? Broken(path, context);
            var value = Read(SettingPath.Below(path, key), property.Value, context);
            if (setting.Member(key) is null)
            {
                setting.Add(key, value);
            }
            else
            {
                context.Fault(value.Path, "given twice; leave one of them");
            }
        }

        return setting;
    }

    /// <summary>Null for half of a surrogate pair, which JSON can spell and no text can hold.</summary>
    private static string? TextOrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Broken(string path, ReadingContext context)
    {
        context.Fault(path, "holds an escape such as \\ud800 that is half a character");
        return "";
    }

    /// <summary>The parser counts lines from 0 and columns in bytes; people count both from 1 and columns in characters.</summary>
    private static string Where(JsonException exception, ReadOnlySpan<byte> json)
    {
        var line = exception.LineNumber ?? 0;
        for (var passed = 0; passed < line && json.IndexOf((byte)'\n') is >= 0 and var end; passed++)
        {
            json = json[(end + 1)..];
        }

        var before = json[..(int)Math.Min(exception.BytePositionInLine ?? 0, json.Length)];
        return $"line {line + 1}, column {Encoding.UTF8.GetCharCount(before) + 1}";
    }

    /// <summary>The parser's words without its own position, and without the piece of the file it quotes: that may be a secret that lacks its quotes.</summary>
    private static string Reason(JsonException exception)
    {
        var text = exception.Message;
        var position = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        text = position < 0 ? text : text[..position];
        return ShownText.Escape(Quoted().Replace(text, "this"));
    }

    [GeneratedRegex("^'.{2,}?'(?= is )", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
