using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Sandbox.Tests.Sky;

public sealed class HeartbeatPublisherTests
{
    [Fact]
    public async Task Beats_each_second_with_a_count_until_it_is_stopped()
    {
        var time = new FakeTimeProvider();
        var publisher = new RecordingPublisher();
        using var stop = new CancellationTokenSource();

        var beating = new HeartbeatPublisher(publisher, time).PublishAsync(stop.Token);
        while (publisher.Messages.Count < 2)
        {
            // A beat is published behind the tick that this makes.
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await beating;

        Assert.All(publisher.Messages, message => Assert.Equal("sys.heartbeat", message.Topic));
        Assert.Equal([0L, 1L], publisher.Messages.Take(2).Select(CountOf));
    }

    private static long CountOf(HopMessage message)
    {
        using var beat = JsonDocument.Parse(message.Value);
        return beat.RootElement.GetProperty("count").GetInt64();
    }
}
