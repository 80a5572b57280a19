namespace TomOrleans.Streams.Kafka.Sessions;

/// <summary>From a stream's settings to librdkafka's properties.</summary>
internal static class ClientProperties
{
    /// <summary>What delivery rests on; a setting of the user's is ignored with a warning.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fixed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["partition.assignment.strategy"] = "cooperative-sticky",

        // Only offsets that we store after delivery are committed, in the background: a commit of our own would hold up the poll thread while the coordinator is away.
        ["enable.auto.offset.store"] = "false",
        ["enable.auto.commit"] = "true",
        ["auto.commit.interval.ms"] = "1000",

        // Where to read is said by the sink for each partition; librdkafka must never guess.
        ["auto.offset.reset"] = "error",
        ["allow.auto.create.topics"] = "false",

        // Behind the last record of a partition can lie what nobody gets: transaction markers. That nothing more comes there is said only so.
        ["enable.partition.eof"] = "true",
        ["dotnet.consumer.consume.result.fields"] = "all",
    };

    /// <summary>What publishing rests on. With <c>acks</c> other than <c>all</c>, which is what <c>-1</c> says, librdkafka would refuse to be idempotent.</summary>
    public static readonly IReadOnlyDictionary<string, string> FixedOfProducer = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["enable.idempotence"] = "true",
        ["acks"] = "all",
    };

    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        // librdkafka's default of a second costs a factor of three to four when it reads faster than we.
        ["fetch.queue.backoff.ms"] = "2",
        ["fetch.wait.max.ms"] = "50",
        ["queued.max.messages.kbytes"] = "16384",
        ["queued.min.messages"] = "20000",

        // New topics of a pattern are seen after this long (default: 5 minutes).
        ["topic.metadata.refresh.interval.ms"] = "10000",
        ["session.timeout.ms"] = "6000",
        ["heartbeat.interval.ms"] = "1000",

        // librdkafka tries again every 50 ms whatever its maximum is: this is what sets the pace.
        ["reconnect.backoff.ms"] = "1000",
        ["reconnect.backoff.max.ms"] = "10000",
    };

    /// <param name="settings">The stream.</param>
    /// <param name="patterns">Its topics.</param>
    /// <param name="ignored">Properties of the user's that we must set ourselves and that differ.</param>
    public static Dictionary<string, string> Of(StreamSettings settings, TopicPatterns patterns, out IReadOnlyList<string> ignored)
    {
        var properties = new Dictionary<string, string>(Defaults, StringComparer.Ordinal);
        foreach (var (property, value) in settings.Client)
        {
            properties[property] = value;
        }

        foreach (var (property, value) in Fixed)
        {
            properties[property] = value;
        }

        properties["group.id"] = settings.GroupId;
        if (patterns.Blacklist is { } blacklist)
        {
            properties["topic.blacklist"] = blacklist;
        }

        ignored = [.. settings.Client.Where(own => properties[own.Key] != own.Value).Select(own => own.Key).Order(StringComparer.Ordinal)];
        return properties;
    }

    /// <summary>For a consumer beside the group: it is told what to read, commits nothing and keeps little.</summary>
    public static Dictionary<string, string> ForCatchUp(StreamSettings settings, TopicPatterns patterns)
    {
        var properties = Of(settings, patterns, out _);
        properties.Remove("group.instance.id");
        properties["group.id"] = $"{settings.GroupId}-catch-up";
        properties["enable.auto.commit"] = "false";
        properties["queued.max.messages.kbytes"] = "4096";
        properties["queued.min.messages"] = "10000";
        return properties;
    }

    /// <summary>For <see cref="StreamProducer"/>.</summary>
    public static Dictionary<string, string> ForProducer(IReadOnlyDictionary<string, string> client)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["linger.ms"] = "5",
            ["message.timeout.ms"] = "30000",
            ["reconnect.backoff.ms"] = "500",
        };
        foreach (var (property, value) in client.Concat(FixedOfProducer))
        {
            properties[property] = value;
        }

        // The same under its other name: whichever librdkafka is given last would count.
        properties.Remove("request.required.acks");
        return properties;
    }

    /// <summary>Builds a client and turns what librdkafka says against its properties into an exception that names the property and shows no secret.</summary>
    public static T Guard<T>(IReadOnlyDictionary<string, string> properties, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or Confluent.Kafka.KafkaException)
        {
            var property = properties.Keys.Where(key => e.Message.Contains(key, StringComparison.Ordinal)).MaxBy(key => key.Length);
            var words = property is not null && IsSecret(property) ? "its value is not accepted" : e.Message;
            throw new StreamConfigurationException(
                property, property is null ? $"librdkafka refuses the configuration: {words}" : $"librdkafka refuses {property}: {words}");
        }
    }

    private static bool IsSecret(string property) =>
        property.Contains("password", StringComparison.Ordinal) || property.Contains("secret", StringComparison.Ordinal)
        || property.EndsWith(".pem", StringComparison.Ordinal) || property == "sasl.oauthbearer.config";
}
