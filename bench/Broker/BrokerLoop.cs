using TomOrleans.Streams.Kafka;

namespace TomOrleans.Bench.Broker;

/// <summary>
/// The embedded Kafka in a process of its own, so that its work is not counted as ours. Says where it listens (<c>ADDRESS CLUSTER-ID</c>), then makes topics as it is told
/// (<c>topic NAME PARTITIONS</c>, answered by <c>ok</c>) until its input ends: with the process that started it, however that ends.
/// </summary>
internal static class BrokerLoop
{
    public static async Task<int> RunAsync(TextReader input, TextWriter output, CancellationToken stop)
    {
        using var kafka = EmbeddedKafka.Start();
        await output.WriteLineAsync($"{kafka.BootstrapServers} {kafka.ClusterId}");
        await output.FlushAsync(stop);
        while (await input.ReadLineAsync(stop) is { } line)
        {
            if (line.Split(' ') is not ["topic", var name, var partitions])
            {
                continue;
            }

            kafka.CreateTopic(name, int.Parse(partitions, System.Globalization.CultureInfo.InvariantCulture));
            await output.WriteLineAsync("ok");
            await output.FlushAsync(stop);
        }

        return 0;
    }
}
