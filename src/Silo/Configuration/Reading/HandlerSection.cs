namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>One handler: its name, or an object with HANDLER, ID and options.</summary>
internal static class HandlerSection
{
    private static readonly Dictionary<string, CreateTargets> CreateTargetsWords =
        new() { ["never"] = CreateTargets.Never, ["always"] = CreateTargets.Always };

    private static string Allowed => string.Join(", ", ToolkitNames.Handlers.Keys);

    /// <summary>Null after a fault that leaves no handler.</summary>
    public static HandlerConfiguration? Read(Setting item, HandlerOptions defaults, ReadingContext context)
    {
        if (item.Kind == SettingKind.Object)
        {
            return ReadObject(new(context, item.Path, item) { IsQuietAboutDefaults = true }, defaults);
        }

        if (item.Kind is SettingKind.List or SettingKind.Null)
        {
            context.Refuse(item, "the name of a handler, an object { HANDLER, ID, options }, or one list of these");
            return null;
        }

        if (KindOf(item, context) is not { } kind)
        {
            return null;
        }

        return new(ToolkitNames.Short(kind), ToolkitNames.Short(kind), kind, For(kind, defaults));
    }

    /// <summary>The options that handlers have, here or for all handlers of a stream.</summary>
    public static HandlerOptions ReadOptions(Section section, HandlerOptions defaults, bool createsTargets) => new(
        createsTargets ? section.Choice("CREATE_TARGETS", CreateTargetsWords, defaults.CreateTargets) ?? default : default,
        section.Switch("IGNORE_TEST", defaults.IgnoreTest),
        TimeSpan.FromSeconds(section.Number("HANDLER_TIMEOUT", defaults.Timeout.TotalSeconds, 1, 3600, " (seconds)")));

    private static HandlerConfiguration? ReadObject(Section section, HandlerOptions defaults)
    {
        if (section.Take("HANDLER") is not { } given)
        {
            section.Missing("HANDLER", Allowed);
            return null;
        }

        if (KindOf(given, section.Context) is not { } kind)
        {
            return null;
        }

        var name = ToolkitNames.Short(kind);
        var id = section.Optional<string>("ID", Names.IdAllowed, Names.TryId, name) ?? name;
        var handler = new HandlerConfiguration(id, name, kind, For(kind, ReadOptions(section, defaults, kind == HandlerKind.Hermes)));
        section.Close();
        return handler;
    }

    private static HandlerOptions For(HandlerKind kind, HandlerOptions options) =>
        kind == HandlerKind.Hermes ? options : options with { CreateTargets = CreateTargets.Never };

    private static HandlerKind? KindOf(Setting setting, ReadingContext context)
    {
        if (context.TextOf(setting, Allowed) is not { } name)
        {
            return null;
        }

        if (ToolkitNames.Handlers.TryGetValue(name, out var kind))
        {
            context.Note(setting.Path, ToolkitNames.Short(kind), setting.Origin);
            return kind;
        }

        context.Fault(setting.Path, $"\"{ShownText.Brief(name)}\" is no handler{NearestName.Hint(name, [.. ToolkitNames.Handlers.Keys])}");
        return null;
    }
}
