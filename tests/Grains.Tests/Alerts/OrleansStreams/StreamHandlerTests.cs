using System.Collections.Immutable;
using System.Text;
using Orleans.Streams;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.OrleansStreams;

namespace TomOrleans.Grains.Tests.Alerts.OrleansStreams;

/// <summary>The handler <c>stream</c> in a TOM that reads a Kafka, and those who listen to its Orleans streams.</summary>
public sealed class StreamHandlerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_grain_with_the_attribute_and_a_client_get_the_alerts_of_their_partition_in_order_also_large_ones()
    {
        await using var tom = await LiveTom.StartAsync(
            handlers: [new() { Id = "stream", Name = "stream", Options = ImmutableDictionary<string, string>.Empty.Add("NAMESPACE", AlertListenerGrain.Namespace) }]);
        var client = new ClientListener();
        await tom.Cluster.Client.GetStreamProvider(AlertStreams.Provider).GetAlerts(AlertListenerGrain.Namespace, 0).SubscribeAsync(client);

        for (var i = 0; i < 10; i++)
        {
            await tom.PublishAsync(Encoding.UTF8.GetBytes($"message {i}"), ("_sender", "anna"u8.ToArray()));
        }

        // As large as an alert with a sky map, which does not fit into a block of Orleans' own memory streams.
        var large = new byte[1_500_000];
        new Random(7).NextBytes(large);
        await tom.PublishAsync(large);
        await tom.PublishAsync(4 * 25);

        var status = await tom.WhenAsync(seen => seen.Handlers.Single().Books.Handled == 111, "all handed over");
        Assert.Equal((0, "live"), (status.Handlers.Single().Books.Parked, status.Handlers.Single().State));
        await client.HasAsync(36).WaitAsync(Limit, TestContext.Current.CancellationToken);
        await UntilAsync(() => Heard.ByKey.Values.Sum(heard => heard.Count) == 111);

        Assert.Equal(["0", "1", "2", "3"], Heard.ByKey.Keys.Order());
        foreach (var (key, heard) in Heard.ByKey)
        {
            Assert.All(heard, alert => Assert.Equal(key, $"{alert.Location.Partition}"));
            Assert.Equal(Enumerable.Range(0, key == "0" ? 36 : 25).Select(i => (long)i), heard.Select(alert => alert.Location.Offset));
        }

        Assert.Equal(Enumerable.Range(0, 36).Select(i => (long)i), client.Alerts.Select(alert => alert.Location.Offset));
        Assert.Equal(("message 3", "anna"), (Encoding.UTF8.GetString(client.Alerts[3].Value.Span), client.Alerts[3].Sender));
        Assert.Equal(large, client.Alerts[10].Value.ToArray());
    }

    [Fact]
    public void What_streams_hold_in_memory_is_bounded()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var allowance = new StreamAllowance(time);
        Assert.Null(allowance.TryTake(StreamAllowance.Most - 10));
        Assert.Null(allowance.TryTake(10));
        Assert.Equal(StreamAllowance.Window, allowance.TryTake(1));

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(StreamAllowance.Window - TimeSpan.FromSeconds(10), allowance.TryTake(1));

        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(allowance.TryTake(2 * StreamAllowance.Most));
        Assert.NotNull(allowance.TryTake(1));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!holds())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private sealed class ClientListener : IAsyncObserver<Alert>
    {
        private readonly Lock _gate = new();
        private readonly List<Alert> _alerts = [];
        private readonly TaskCompletionSource _some = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _wanted = int.MaxValue;

        public IReadOnlyList<Alert> Alerts
        {
            get
            {
                lock (_gate)
                {
                    return [.. _alerts];
                }
            }
        }

        public Task HasAsync(int count)
        {
            lock (_gate)
            {
                _wanted = count;
                Look();
            }

            return _some.Task;
        }

        public Task OnNextAsync(Alert item, StreamSequenceToken? token = null)
        {
            lock (_gate)
            {
                _alerts.Add(item);
                Look();
            }

            return Task.CompletedTask;
        }

        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

        private void Look()
        {
            if (_alerts.Count >= _wanted)
            {
                _some.TrySetResult();
            }
        }
    }
}
