using System.Diagnostics;

namespace TomOrleans.Bench.Broker;

/// <summary>This program again, with its hidden verb <c>broker</c>.</summary>
internal sealed class EmbeddedBroker : KafkaBroker
{
    private readonly Process _process;

    private EmbeddedBroker(Process process, string bootstrapServers, string clusterId)
    {
        _process = process;
        BootstrapServers = bootstrapServers;
        ClusterId = clusterId;
    }

    public override string Kind => "embedded, in a process of its own";

    public override string BootstrapServers { get; }

    public override string? ClusterId { get; }

    public static async Task<EmbeddedBroker> LaunchAsync()
    {
        var process = ThisProgram.Start(["broker"], start => (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true));
        return await process.StandardOutput.ReadLineAsync() is { } line && line.Split(' ') is [var address, var cluster]
            ? new(process, address, cluster)
            : throw new BenchException("The embedded Kafka did not start.");
    }

    public override async Task CreateTopicAsync(string name, int partitions)
    {
        await _process.StandardInput.WriteLineAsync($"topic {name} {partitions}");
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync() != "ok")
        {
            throw new BenchException($"The embedded Kafka did not make the topic {name}.");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
