using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Keeps what is published, and can hold the publishing up: how many messages are under way at once is counted.</summary>
internal sealed class GatePublisher : IMessagePublisher
{
    private readonly RecordingPublisher _published = new();
    private TaskCompletionSource _open = Opened();
    private TaskCompletionSource<HopMessage> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;

    public IReadOnlyList<HopMessage> Messages => _published.Messages;

    public int MostUnderWay { get; private set; }

    /// <summary>The first message that came after <see cref="Close"/>.</summary>
    public Task<HopMessage> Entered => _entered.Task;

    public void Close() => (_open, _entered) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Open() => _open.TrySetResult();

    public async Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default)
    {
        MostUnderWay = Math.Max(MostUnderWay, Interlocked.Increment(ref _underWay));
        _entered.TrySetResult(message);
        try
        {
            await _open.Task;
            return await _published.PublishAsync(message, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
