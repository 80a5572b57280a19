using System.Collections.Concurrent;
using Orleans.Streams;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>The Orleans streams of alerts, for clients of a real silo: who may subscribe, and to what.</summary>
public sealed class OrleansStreamTests
{
    private const string Topic = "alerts";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_client_with_a_token_subscribes_to_alerts_and_to_nothing_else_and_publishes_nothing()
    {
        using var scene = await Scene.CreateAsync(Topic, partitions: 1, handlers: new object[] { "log", "stream" }, plugins: [Programs.Test("FaultHandlers")]);
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        await client.StatusWhenAsync(status => status.Streams.Single().Topics is [{ Partitions: [{ Silo: not null }] }], "the topic is read", Limit);
        IAsyncStream<Alert> Alerts() => client.Cluster.GetStreamProvider(AlertStreams.Provider).GetAlerts(Topic, 0);
        var (_, token, _) = await SiloProcess.RunAsync(["token", "add", "--role", "reader", "--data", scene.DataFolder, "--config", scene.ConfigFile]);
        using var heard = new Listener();

        await RefusedAsync(TomFault.Unauthenticated, () => client.CallAsync(null, async _ => await Alerts().SubscribeAsync(heard)));
        var handle = await client.CallAsync(token.Trim(), async _ => await Alerts().SubscribeAsync(heard));
        await RefusedAsync(TomFault.Forbidden, () => client.CallAsync(token.Trim(), async _ => await client.Cluster.GetStreamProvider(TomEvents.Provider).GetTomEvents().SubscribeAsync(new Nobody())));
        await scene.ProduceSeriesAsync(Topic, 0, 20, targets: 2);
        await heard.HasAsync(20).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), heard.Alerts.Select(alert => alert.Location.Offset));

        // A grain of a plug-in, which says so in the silo's log, is subscribed by its attribute alone.
        await silo.SaidAsync(line => line.Contains("Listener 0 heard offset", StringComparison.Ordinal), 20, Limit);

        await RefusedAsync(TomFault.Forbidden, async () =>
        {
            await client.CallAsync(token.Trim(), async _ =>
            {
                await Alerts().OnNextAsync(heard.Alerts.First());
                return true;
            });
            return true;
        });
        await client.CallAsync(token.Trim(), async _ =>
        {
            await handle.UnsubscribeAsync();
            return true;
        });
        var status = await client.StatusWhenAsync(seen => Scene.BooksOf(seen, Topic, "stream")?.Handled == 20, "all handed over", Limit);
        Assert.Equal(0, Scene.BooksOf(status, Topic, "stream")!.Parked);
    }

    private static async Task RefusedAsync<T>(TomFault fault, Func<Task<T>> call)
    {
        var refusal = await Assert.ThrowsAsync<TomException>(call);
        Assert.Equal(fault, refusal.Fault);
    }

    private sealed class Listener : IAsyncObserver<Alert>, IDisposable
    {
        private readonly SemaphoreSlim _some = new(0);

        public ConcurrentQueue<Alert> Alerts { get; } = new();

        public async Task HasAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await _some.WaitAsync();
            }
        }

        public Task OnNextAsync(Alert item, StreamSequenceToken? token = null)
        {
            Alerts.Enqueue(item);
            _some.Release();
            return Task.CompletedTask;
        }

        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

        public void Dispose() => _some.Dispose();
    }

    private sealed class Nobody : IAsyncObserver<TomEvent>
    {
        public Task OnNextAsync(TomEvent item, StreamSequenceToken? token = null) => Task.CompletedTask;

        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
    }
}
