using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Bench.Toms;

/// <summary>Keeps no message.</summary>
internal sealed class CountingPublisher : IMessagePublisher
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _awaited = int.MaxValue;

    public int Count => _count;

    public Task ReachedAsync(int count, TimeSpan patience)
    {
        _awaited = count;
        if (_count >= count)
        {
            _reached.TrySetResult();
        }

        return _reached.Task.WaitAsync(patience);
    }

    public Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _count) >= _awaited)
        {
            _reached.TrySetResult();
        }

        return Task.FromResult(new PublishedAt(0, _count, DateTimeOffset.UtcNow));
    }
}
