namespace TomOrleans.Grains.Alerts.OrleansStreams;

/// <summary>
/// Bounds what alert streams hold in memory: the provider keeps all that was handed to it in the last <see cref="Window"/>, and no more than <see cref="Most"/> may be that from this silo.
/// One that is larger goes alone. Safe on any thread.
/// </summary>
public sealed class StreamAllowance(TimeProvider time)
{
    public const long Most = 256L << 20;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Queue<(long At, long Bytes)> _sent = [];
    private long _held;

    /// <summary>Waits until there is room for these.</summary>
    public async Task TakeAsync(long bytes)
    {
        while (TryTake(bytes) is { } pause)
        {
            await Task.Delay(pause, time);
        }
    }

    /// <summary>Null when they are taken; else when to ask again.</summary>
    internal TimeSpan? TryTake(long bytes)
    {
        lock (_gate)
        {
            while (_sent.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= Window)
            {
                _held -= _sent.Dequeue().Bytes;
            }

            if (_held > 0 && _held + bytes > Most)
            {
                var left = Window - time.GetElapsedTime(_sent.Peek().At);
                return left > TimeSpan.FromMilliseconds(10) ? left : TimeSpan.FromMilliseconds(10);
            }

            _sent.Enqueue((time.GetTimestamp(), bytes));
            _held += bytes;
            return null;
        }
    }
}
