using TomOrleans.Connections;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>What all parts of one reading share: the environment, and the lists they add to.</summary>
internal sealed class ReadingContext(string source, IReadOnlyDictionary<string, string> environment, BuiltParts built)
{
    public string Source { get; } = source;
    public IReadOnlyDictionary<string, string> Environment { get; } = environment;
    public BuiltParts Built { get; } = built;

    /// <summary>Where this system's certificate authorities are; null where nowhere.</summary>
    public Func<string?> FindAuthorities { get; init; } = () => AuthorityFiles.Find(environment);

    /// <summary>What is wrong with the certificates that a file names; null where nothing is.</summary>
    public Func<TlsFileNames, string?> CheckTls { get; init; } = TlsSection.Check;

    /// <summary>What is wrong with a server's certificate and its key; null where nothing is.</summary>
    public Func<string, string?, string?> CheckCertificate { get; init; } = TlsSection.CheckCertificate;

    /// <summary>What relative paths of the file begin at.</summary>
    public string Folder { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>Names of handlers that are not ours; known once PLUGINS is read.</summary>
    public List<string> OwnHandlers { get; } = [];
    public List<ConfigurationFault> Faults { get; } = [];
    public List<EffectiveSetting> Settings { get; } = [];

    public void Fault(string path, string text) => Faults.Add(new(Source, path, text));

    public void NotBuilt(string path, string text) => Fault(path, $"not built yet: {text}");

    public void Note(string path, string shown, string? origin) => Settings.Add(new(path, shown, origin));

    /// <summary>Notes that it is set; the value only serves to tell whether it changed.</summary>
    public void NoteSecret(string path, string value, string? origin) => Settings.Add(new(path, "(set)", origin) { Hidden = new(value) });

    /// <summary>Reports a value that does not do, with the value.</summary>
    public void Refuse(Setting setting, string allowed) =>
        Fault(setting.Path, $"{Given(setting)} given{From(setting)}; allowed: {allowed}");

    /// <summary>Reports a value that does not do, without the value.</summary>
    public void RefuseUnseen(Setting setting, string allowed) =>
        Fault(setting.Path, $"{KindOf(setting)} given{From(setting)}; allowed: {allowed}");

    public static string From(Setting setting) => setting.Origin is null ? "" : $" ({setting.Origin})";

    /// <summary>Expands a setting when it is first read. False when there was, or is now, a fault in it.</summary>
    public bool Resolve(Setting setting)
    {
        if (setting.Kind == SettingKind.Text && !setting.IsExpanded)
        {
            setting.IsExpanded = true;
            if (setting.Origin is null)
            {
                VariableExpansion.Expand(setting, this);
            }

            if (setting.Kind == SettingKind.Text && VariableExpansion.IsPlaceholder(setting.Text))
            {
                Fault(setting.Path, $"holds the placeholder of an example{From(setting)}; write the value, or set the environment variable meant for it");
                setting.Kind = SettingKind.Unreadable;
            }
        }

        return setting.Kind != SettingKind.Unreadable;
    }

    /// <summary>The text of a setting that has to be one; null after a fault.</summary>
    public string? TextOf(Setting setting, string allowed, bool secret = false)
    {
        if (!Resolve(setting))
        {
            return null;
        }

        if (setting.Kind == SettingKind.Text)
        {
            return setting.Text;
        }

        if (secret)
        {
            RefuseUnseen(setting, allowed);
        }
        else
        {
            Refuse(setting, allowed);
        }

        return null;
    }

    private static string Given(Setting setting) => setting.Kind switch
    {
        SettingKind.Text => $"\"{ShownText.Brief(setting.Text)}\"",
        SettingKind.Number or SettingKind.Switch => $"{KindOf(setting)} {ShownText.Brief(setting.Text)}",
        _ => KindOf(setting),
    };

    private static string KindOf(Setting setting) => setting.Kind switch
    {
        SettingKind.Object => "an object",
        SettingKind.List => "a list",
        SettingKind.Text => "a text",
        SettingKind.Number => "the number",
        SettingKind.Switch => "the value",
        _ => "null",
    };
}
