using System.Text;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Sky;

/// <summary>Beats on <c>sys.heartbeat</c> each second, as HOPSKOTCH does: a reader that hears nothing there has lost its connection.</summary>
public sealed class HeartbeatPublisher(IMessagePublisher publisher, TimeProvider? time = null)
{
    public const string Topic = "sys.heartbeat";
    private const string Sender = "sky-simulator";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Until cancelled; does not throw then. A beat that the broker does not take is left out.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            for (var count = 0L; await timer.WaitForNextTickAsync(cancellationToken); count++)
            {
                var beat = Encoding.UTF8.GetBytes($$"""{"timestamp": {{_time.GetUtcNow().ToUnixTimeMilliseconds()}}, "count": {{count}}}""");
                try
                {
                    await publisher.PublishAsync(new HopMessage(Topic, Guid.NewGuid(), "heartbeat", Sender, beat), cancellationToken);
                }
                catch (PublishRefusedException)
                {
                    // The next beat is a second away.
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
