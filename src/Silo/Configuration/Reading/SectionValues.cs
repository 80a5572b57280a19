using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>Reads of a section that are more than one checked text.</summary>
internal static class SectionValues
{
    /// <summary>A text that is never shown, not even where it is refused. Null when absent or after a fault.</summary>
    public static Secret? Secret(this Section section, string key, bool required)
    {
        if (section.Take(key) is not { } given)
        {
            if (required)
            {
                section.Missing(key, "a text, best as ${NAME} of an environment variable");
            }
            else
            {
                section.Default(key, null);
            }

            return null;
        }

        if (section.Context.TextOf(given, "a text", secret: true) is not { } text)
        {
            return null;
        }

        if (text.Length == 0 || text != text.Trim() || text.Any(char.IsControl))
        {
            section.Context.RefuseUnseen(given, "a text that is not empty, without blanks around it and without line ends");
            return null;
        }

        section.Context.NoteSecret(given.Path, text, given.Origin);
        return new(text);
    }

    /// <summary>A list of texts, none of them twice; empty when absent.</summary>
    public static ImmutableArray<string> Texts(this Section section, string key, string allowed, Func<string, bool> isLegal)
    {
        var texts = new List<string>();
        if (section.Take(key) is not { } given)
        {
            section.Default(key, null);
            return [];
        }

        if (given.Kind != SettingKind.List)
        {
            section.Context.Refuse(given, $"a list of texts, each {allowed}");
            return [];
        }

        foreach (var item in given.Items)
        {
            if (section.Context.TextOf(item, allowed) is not { } text)
            {
                continue;
            }

            if (!isLegal(text))
            {
                section.Context.Refuse(item, allowed);
            }
            else if (texts.Contains(text))
            {
                section.Context.Refuse(item, "each only once");
            }
            else
            {
                texts.Add(text);
                section.Context.Note(item.Path, ShownText.Of(text), item.Origin);
            }
        }

        return [.. texts];
    }
}
