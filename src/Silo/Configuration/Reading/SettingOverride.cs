using System.Collections.Immutable;
using System.Globalization;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>A value from outside the file that takes the place of one in it.</summary>
/// <param name="Keys">The way to it: keys, and numbers for the entries of lists.</param>
/// <param name="Value">Taken as it is.</param>
/// <param name="Origin">How people know it: <c>environment variable X</c>, <c>--data</c>.</param>
public sealed record SettingOverride(ImmutableArray<string> Keys, string Value, string Origin)
{
    /// <summary>Maps whose keys are names of the user's own: what is not in the file cannot be made by an override.</summary>
    private static readonly string[] NameMaps = ["DATA_SHARING", "TOPIC_HANDLERS"];

    internal void Apply(Setting root, ReadingContext context)
    {
        var setting = root;
        for (var i = 0; i < Keys.Length; i++)
        {
            if (Step(setting, i, context) is not { } next)
            {
                return;
            }

            setting = next;
        }

        if (setting.Kind is SettingKind.Object or SettingKind.List)
        {
            context.Fault(setting.Path, $"{Origin} gives one value where {(setting.Kind == SettingKind.Object ? "an object" : "a list")} stands");
            return;
        }

        (setting.Kind, setting.Text, setting.Origin, setting.IsConverted) = (SettingKind.Text, Value, Origin, true);
    }

    private Setting? Step(Setting setting, int depth, ReadingContext context)
    {
        var key = Keys[depth];
        var last = depth == Keys.Length - 1;
        switch (setting.Kind)
        {
            case SettingKind.Object:
                return Find(setting, depth, context, out var faulty) is { } member ? member : faulty ? null : Create(setting, depth, context);
            case SettingKind.List when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < setting.Items.Count:
                return setting.Items[index];
            case SettingKind.List when last && key == setting.Items.Count.ToString(CultureInfo.InvariantCulture):
                var item = new Setting(SettingPath.Item(setting.Path, setting.Items.Count), SettingKind.Text);
                setting.Items.Add(item);
                return item;
            case SettingKind.List:
                context.Fault(setting.Path, $"{Origin} names entry {ShownText.Escape(key)}; there are {setting.Items.Count}, counted from 0");
                return null;
            default:
                context.Fault(setting.Path, $"{Origin} names {ShownText.Escape(key)} below a single value");
                return null;
        }
    }

    private Setting? Find(Setting setting, int depth, ReadingContext context, out bool faulty)
    {
        var key = Keys[depth];
        var named = setting.Members.Where(member => member.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        faulty = named.Count > 1 && setting.Member(key) is null;
        if (faulty)
        {
            context.Fault(setting.Path, $"{Origin} can mean any of {string.Join(", ", named.Select(member => ShownText.Escape(member.Key)))}");
            return null;
        }

        var member = setting.Member(key) ?? named.FirstOrDefault().Value;
        if (member is { Kind: SettingKind.Null })
        {
            member.Kind = KindAt(depth, key.ToUpperInvariant());
        }

        return member;
    }

    private Setting? Create(Setting setting, int depth, ReadingContext context)
    {
        var parent = depth == 0 ? "" : Keys[depth - 1].ToUpperInvariant();
        if (NameMaps.Contains(parent))
        {
            context.Fault(
                setting.Path,
                $"{Origin} names {ShownText.Escape(Keys[depth])}, which is not in the file{NearestName.Hint(Keys[depth], [.. setting.Members.Select(member => member.Key)])}");
            return null;
        }

        var key = parent is "CONFIG" or "KAFKA_CONFIG" ? Keys[depth].ToLowerInvariant() : Keys[depth].ToUpperInvariant();
        return setting.Add(key, new(SettingPath.Below(setting.Path, key), KindAt(depth, key)) { Origin = Origin });
    }

    /// <summary>What has to stand at this depth for the rest of the keys to lead anywhere.</summary>
    private SettingKind KindAt(int depth, string key) =>
        depth == Keys.Length - 1 ? SettingKind.Text : key is "ALERT_STREAMS" or "USER_TOPICS" or "PLUGINS" ? SettingKind.List : SettingKind.Object;
}
