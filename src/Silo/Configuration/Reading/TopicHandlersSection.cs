using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>TOPIC_HANDLERS: topics and patterns, each with a handler or a list of them.</summary>
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

            handlers.Add(handler);
        }

        return new(key, [.. handlers]);
    }
}
