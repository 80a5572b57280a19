using System.Collections.Immutable;
using System.Text.Json;

namespace TomOrleans.Silo.Pages.Live;

/// <summary>
/// The pulse of all open pages of this silo: asks for the status of the TOM once a second, however many pages look on, and not at all when none does.
/// </summary>
public sealed class LiveRefresh(IGrainFactory grains, TimeProvider time, FaultWords words) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Lock _gate = new();
    private ImmutableList<Func<LiveStatus, Task>> _watchers = [];
    private ITimer? _timer;
    private LiveStatus _last = LiveStatus.Unknown;
    private byte[] _lastContent = [];
    private DateTimeOffset _lastAt;

    /// <summary>A status no older than a beat.</summary>
    public async Task<LiveStatus> NowAsync()
    {
        await _asking.WaitAsync();
        try
        {
            if (time.GetUtcNow() - _lastAt >= Pace / 2)
            {
                _last = await AskAsync();
                _lastAt = time.GetUtcNow();
            }

            return _last;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Calls <paramref name="onBeat"/> each second, changed or not, until disposed. It must not throw, and must not mind a call while the last one is under way.</summary>
    public IDisposable Watch(Func<LiveStatus, Task> onBeat)
    {
        lock (_gate)
        {
            _watchers = _watchers.Add(onBeat);
            _timer ??= time.CreateTimer(_ => _ = BeatAsync(), null, Pace, Pace);
        }

        return new Watcher(this, onBeat);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _asking.Dispose();
    }

    private async Task BeatAsync()
    {
        if (_asking.CurrentCount == 0)
        {
            return;
        }

        var status = await NowAsync();
        foreach (var watcher in _watchers)
        {
            _ = watcher(status);
        }
    }

    private async Task<LiveStatus> AskAsync()
    {
        try
        {
            var tom = await grains.Tom().GetStatusAsync();
            // Records that hold arrays are never equal to their like; their JSON is.
            var content = JsonSerializer.SerializeToUtf8Bytes(tom);
            var isSame = _last.Fault is null && content.AsSpan().SequenceEqual(_lastContent);
            _lastContent = content;
            return isSame ? _last : new(tom, null, _last.Version + 1);
        }
        catch (Exception fault)
        {
            var text = words.For(fault);
            return text == _last.Fault ? _last : _last with { Fault = text, Version = _last.Version + 1 };
        }
    }

    private void Leave(Func<LiveStatus, Task> onBeat)
    {
        lock (_gate)
        {
            _watchers = _watchers.Remove(onBeat);
            if (_watchers.IsEmpty)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private sealed class Watcher(LiveRefresh live, Func<LiveStatus, Task> onBeat) : IDisposable
    {
        public void Dispose() => live.Leave(onBeat);
    }
}
