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
        for (var second = 0; second < 3; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await stop.CancelAsync();
        await beating;

        Assert.NotEmpty(publisher.Messages);
        Assert.Equal("sys.heartbeat", publisher.Messages[0].Topic);
        using var beat = JsonDocument.Parse(publisher.Messages[0].Value);
        Assert.Equal(0, beat.RootElement.GetProperty("count").GetInt64());
    }
}
