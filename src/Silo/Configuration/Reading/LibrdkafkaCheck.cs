using Confluent.Kafka;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>Asks librdkafka itself whether it knows a property and takes its value. Makes no client: no thread starts and nothing is connected.</summary>
internal static class LibrdkafkaCheck
{
    /// <summary>Set after the property in question and always refused, so that the client is never made.</summary>
    private const string Stop = "tomorleans.stop";

    private static readonly Lazy<string[]> Known = new(() =>
        [.. typeof(ConsumerConfig).GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0).Select(property => Dotted(property.Name))]);

    /// <summary>What is wrong with it, without its value where that is secret; null when librdkafka takes it.</summary>
    public static string? Find(ClientProperty property)
    {
        try
        {
            using var never = new ConsumerBuilder<byte[], byte[]>([new("group.id", "check"), new(property.Name, property.Value), new(Stop, "")]).Build();
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains(Stop, StringComparison.Ordinal))
        {
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or KafkaException)
        {
            if (exception.Message.Contains("No such configuration property", StringComparison.Ordinal))
            {
                return NearestName.Find(property.Name, Known.Value) is { } near
                    ? $"librdkafka has no such property; did you mean {near}?"
                    : "librdkafka has no such property";
            }

            return property.IsSecret ? "librdkafka does not take this value" : $"librdkafka does not take this value: {ShownText.Brief(exception.Message)}";
        }

        return null;
    }

    private static string Dotted(string name) =>
        string.Concat(name.Select((letter, index) => char.IsUpper(letter) ? $"{(index == 0 ? "" : ".")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
