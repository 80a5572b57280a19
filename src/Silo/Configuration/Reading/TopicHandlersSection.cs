using System.Collections.Immutable;
using TomOrleans.Grains.Alerts.Messages;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>TOPIC_HANDLERS: topics and patterns, each with a handler or a list of them; where messages are kept, the handler for that stands first.</summary>
internal static class TopicHandlersSection
{
    public static ImmutableArray<TopicBinding> Read(Section options, HandlerOptions defaults)
    {
        var topics = options.Object("TOPIC_HANDLERS", required: true);
        if (!topics.IsActive)
        {
            return [];
        }

        if (!topics.Members.Any() && options.Take("TOPIC_HANDLERS") is { } empty)
        {
            options.Context.Fault(empty.Path, "empty; allowed: at least one topic with its handler");
        }

        return [.. topics.Members.Select(topic => Read(topic.Key, topic.Value, defaults, options.Context))];
    }

    private static TopicBinding Read(string key, Setting value, HandlerOptions defaults, ReadingContext context)
    {
        if (!Names.IsTopicKey(key))
        {
            context.Fault(value.Path, $"the name of a topic, or a pattern; allowed: {Names.TopicKeyAllowed}");
        }

        if (value is { Kind: SettingKind.List, Items.Count: 0 })
        {
            context.Refuse(value, "at least one handler");
        }

        var handlers = new List<HandlerConfiguration>();
        foreach (var item in value.Kind == SettingKind.List ? value.Items : [value])
        {
            if (HandlerSection.Read(item, defaults, context) is not { } handler)
            {
                continue;
            }

            if (handlers.Exists(other => other.Id == handler.Id))
            {
                context.Fault(item.Path, $"a second handler with the ID \"{handler.Id}\" for this topic; give it an ID of its own");
            }

            if (handler.Kind != HandlerKind.Archive && handler.Id == MessageKeeper.Name)
            {
                context.Fault(item.Path, $"the ID \"{MessageKeeper.Name}\" belongs to the handler that keeps messages; give it an ID of its own");
            }

            handlers.Add(handler);
        }

        return new(key, WithArchive(key, value, handlers, defaults, context));
    }
    private static ImmutableArray<HandlerConfiguration> WithArchive(
        string key, Setting value, List<HandlerConfiguration> handlers, HandlerOptions defaults, ReadingContext context)
    {
        var others = handlers.Where(handler => handler.Kind != HandlerKind.Archive).ToList();
        var archive = handlers.Find(handler => handler.Kind == HandlerKind.Archive);
        if (archive is { Options.Archive.Ticks: 0 } && others.Count == 0)
        {
            context.Fault(value.Path, "ARCHIVE is off and there is no other handler; allowed: a handler, or ARCHIVE for some time");
        }

        // Heartbeats are many and of no use later: their own entry has to ask.
        var isHeartbeat = MessageKeeper.IsHeartbeat(key) || others.TrueForAll(handler => handler.Kind == HandlerKind.Heartbeat);
        archive ??= isHeartbeat ? null : HandlerSection.Archive(defaults);
        return archive is { Options.Archive.Ticks: > 0 } ? [archive, .. others] : [.. others];
    }
}
