using System.Diagnostics;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>An embedded Kafka in a process of its own, so that it neither shares the test's fate nor its processor time, ordered about line by line.</summary>
public sealed class KafkaProcess : FaultBroker
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Process _process;

    private KafkaProcess(Process process, string bootstrapServers)
    {
        _process = process;
        BootstrapServers = bootstrapServers;
    }

    public override string BootstrapServers { get; }

    public static new async Task<KafkaProcess> StartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Programs.Test("KafkaProcess")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        return new(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The embedded Kafka did not start."));
    }

    public override Task CreateTopicAsync(string name, int partitions) => OrderAsync($"create {name} {partitions}");

    public override Task DeleteTopicAsync(string name) => OrderAsync($"delete {name}");

    public override Task DeleteRecordsAsync(string topic, int partition, long beforeOffset) => OrderAsync($"trim {topic} {partition} {beforeOffset}");

    public override Task SetBrokerDownAsync() => OrderAsync("down");

    public override Task SetBrokerUpAsync() => OrderAsync("up");

    /// <summary>The next requests of this kind are answered with these errors, one each.</summary>
    /// <param name="apiKey">As numbered in the Kafka protocol: 0 Produce, 1 Fetch, 8 OffsetCommit ...</param>
    public Task PushErrorsAsync(short apiKey, params int[] codes) => OrderAsync($"errors {apiKey} {string.Join(' ', codes)}");

    public override async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _gate.Dispose();
    }

    private async Task OrderAsync(string order)
    {
        await _gate.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(order);
            await _process.StandardInput.FlushAsync();
            var answer = await _process.StandardOutput.ReadLineAsync();
            if (answer != "ok")
            {
                throw new InvalidOperationException($"{order}: {answer ?? "the embedded Kafka has ended"}");
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
