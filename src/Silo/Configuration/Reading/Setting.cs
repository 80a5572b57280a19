namespace TomOrleans.Silo.Configuration.Reading;

internal enum SettingKind
{
    Object,
    List,
    Text,
    Number,
    Switch,
    Null,

    /// <summary>A fault was reported for it already: nothing more is said about it.</summary>
    Unreadable,
}

/// <summary>A node of the file, with the overrides applied to it.</summary>
internal sealed class Setting(string path, SettingKind kind)
{
    public string Path { get; } = path;
    public SettingKind Kind { get; set; } = kind;

    /// <summary>A text, or a number or switch as written.</summary>
    public string Text { get; set; } = "";

    /// <summary>Null for what stands in the file as it is.</summary>
    public string? Origin { get; set; }

    /// <summary>Made from the environment, where all values are texts: it may stand for a number or a switch too.</summary>
    public bool IsConverted { get; set; }

    /// <summary>Variables are expanded when a setting is first read, so that entries nobody reads need none.</summary>
    public bool IsExpanded { get; set; }
    public List<Setting> Items { get; } = [];
    public List<KeyValuePair<string, Setting>> Members { get; } = [];

    public Setting? Member(string key) => Members.FirstOrDefault(member => member.Key == key).Value;

    public Setting Add(string key, Setting member)
    {
        Members.Add(new(key, member));
        return member;
    }
}
