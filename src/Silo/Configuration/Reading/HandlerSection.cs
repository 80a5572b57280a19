using System.Collections.Immutable;
using TomOrleans.Grains.Alerts.OrleansStreams;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>One handler: its name, or an object with HANDLER, ID and options.</summary>
internal static class HandlerSection
{
    private static readonly Dictionary<string, CreateTargets> CreateTargetsWords =
        new() { ["never"] = CreateTargets.Never, ["always"] = CreateTargets.Always };

    private static readonly string[] SecretWords = ["PASSWORD", "SECRET", "TOKEN", "KEY"];

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

        if (NameOf(item, context) is not (var name, var kind))
        {
            return null;
        }

        if (kind == HandlerKind.Webhook)
        {
            context.Fault(item.Path, "\"webhook\" alone says not where to; allowed: an object { \"HANDLER\": \"webhook\", \"URL\": ..., \"SECRET\": \"${NAME}\" }");
        }

        return new(name, name, kind, For(kind, Asked(defaults)));
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
            section.Missing("HANDLER", string.Join(", ", Known(section.Context)));
            return null;
        }

        if (NameOf(given, section.Context) is not (var name, var kind))
        {
            return null;
        }

        if (kind == HandlerKind.Archive)
        {
            return ReadArchive(section, Asked(defaults));
        }

        var id = section.Optional<string>("ID", Names.IdAllowed, Names.TryId, name) ?? name;
        var options = For(kind, ReadOptions(section, defaults, kind == HandlerKind.Hermes));
        var handler = new HandlerConfiguration(id, name, kind, kind switch
        {
            HandlerKind.Own => options with { Own = ReadOwn(section) },
            HandlerKind.Heartbeat => options with { Heartbeat = HeartbeatSection.Read(section) },
            HandlerKind.Webhook => options with { Own = WebhookSection.ReadHandler(section, options.Timeout) },
            HandlerKind.Stream => options with { Own = ReadNamespace(section) },
            _ => options,
        });
        section.Close();
        return handler;
    }

    /// <summary>The handler that keeps messages, as it stands before a topic's others.</summary>
    public static HandlerConfiguration Archive(HandlerOptions options)
    {
        var name = ToolkitNames.Short(HandlerKind.Archive);
        return new(name, name, HandlerKind.Archive, For(HandlerKind.Archive, options) with { IgnoreTest = false });
    }

    /// <summary>There is one in a topic, so it has no ID; and tests are kept like all others.</summary>
    private static HandlerConfiguration ReadArchive(Section section, HandlerOptions defaults)
    {
        var archive = Archive(defaults with { Archive = ArchiveSection.Read(section, defaults.Archive) });
        section.Close();
        return archive;
    }

    /// <summary>Who names the handler wants messages kept, whatever the stream does.</summary>
    private static HandlerOptions Asked(HandlerOptions defaults) =>
        defaults with { Archive = defaults.Archive == TimeSpan.Zero ? ArchiveSection.Default : defaults.Archive, IsArchiveAsked = true };

    private static HandlerOptions For(HandlerKind kind, HandlerOptions options) => options with
    {
        CreateTargets = kind == HandlerKind.Hermes ? options.CreateTargets : CreateTargets.Never,
        Archive = kind == HandlerKind.Archive ? options.Archive : TimeSpan.Zero,
        IsArchiveAsked = kind == HandlerKind.Archive && options.IsArchiveAsked,
        Heartbeat = kind == HandlerKind.Heartbeat ? HeartbeatOptions.Default : null,
    };

    private static ImmutableDictionary<string, string> ReadNamespace(Section section) =>
        section.Optional<string>(StreamHandlerGrain.NamespaceKey, Names.TopicAllowed, TryNamespace) is { } name
            ? ImmutableDictionary<string, string>.Empty.Add(StreamHandlerGrain.NamespaceKey, name)
            : ImmutableDictionary<string, string>.Empty;

    private static bool TryNamespace(string text, out string name)
    {
        name = text;
        return Names.IsTopic(text);
    }

    /// <summary>What is not a key of every handler is left to a handler of one's own.</summary>
    private static ImmutableDictionary<string, string> ReadOwn(Section section)
    {
        var own = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var key in section.Unknown().ToList())
        {
            if (section.Take(key) is not { } given || !section.Context.Resolve(given))
            {
                continue;
            }

            if (given.Kind is SettingKind.Object or SettingKind.List)
            {
                section.Context.RefuseUnseen(given, "a text, a number, true or false");
                continue;
            }

            var isSecret = SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));
            if (isSecret)
            {
                section.Context.NoteSecret(given.Path, given.Text, given.Origin);
            }
            else
            {
                section.Context.Note(given.Path, ShownText.Of(given.Text), given.Origin);
            }

            own.Add(key, given.Text);
        }

        return own.ToImmutable();
    }

    private static string[] Known(ReadingContext context) => [.. ToolkitNames.Handlers.Keys, .. context.OwnHandlers];

    private static (string Name, HandlerKind Kind)? NameOf(Setting setting, ReadingContext context)
    {
        var known = Known(context);
        if (context.TextOf(setting, string.Join(", ", known)) is not { } name)
        {
            return null;
        }

        if (context.OwnHandlers.Contains(name))
        {
            context.Note(setting.Path, name, setting.Origin);
            return (name, HandlerKind.Own);
        }

        if (ToolkitNames.Handlers.TryGetValue(name, out var kind))
        {
            context.Note(setting.Path, ToolkitNames.Short(kind), setting.Origin);
            return (ToolkitNames.Short(kind), kind);
        }

        context.Fault(setting.Path, $"\"{ShownText.Brief(name)}\" is no handler{NearestName.Hint(name, known)}");
        return null;
    }
}
