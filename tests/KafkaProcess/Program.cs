using System.Globalization;
using Confluent.Kafka;
using TomOrleans.Streams.Kafka;

// An embedded Kafka in a process of its own, which the tests order about. First line out: its address. Then a line in, a line out: "ok", or "error" and why.
// Ends with its input, so with the process that started it, however that ends.
using var kafka = EmbeddedKafka.Start();
Console.WriteLine(kafka.BootstrapServers);
while (Console.ReadLine() is { } line && line != "quit")
{
    try
    {
        Obey(line.Split(' '));
        Console.WriteLine("ok");
    }
    catch (Exception exception) when (exception is InvalidOperationException or FormatException)
    {
        Console.WriteLine($"error {exception.Message}");
    }
}

void Obey(string[] words)
{
    switch (words)
    {
        case ["create", var topic, var partitions]:
            kafka.CreateTopic(topic, Number(partitions));
            break;
        case ["delete", var topic]:
            kafka.DeleteTopic(topic);
            break;
        case ["trim", var topic, var partition, var beforeOffset]:
            kafka.DeleteRecords(topic, Number(partition), long.Parse(beforeOffset, CultureInfo.InvariantCulture));
            break;
        case ["down"]:
            kafka.SetBrokerDown();
            break;
        case ["up"]:
            kafka.SetBrokerUp();
            break;
        case ["errors", var apiKey, .. var codes]:
            kafka.PushErrors(short.Parse(apiKey, CultureInfo.InvariantCulture), [.. codes.Select(code => (ErrorCode)Number(code))]);
            break;
        default:
            throw new FormatException($"unknown: {string.Join(' ', words)}");
    }
}

static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
