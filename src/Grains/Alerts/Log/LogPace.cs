using System.Collections.Concurrent;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Log;

/// <summary>Bounds what the handler <c>log</c> writes of a topic in this silo, whatever comes. Safe on any thread.</summary>
public sealed class LogPace(TimeProvider time)
{
    /// <summary>So many lines in a second, and one that says how many there were beyond them.</summary>
    public const int LinesASecond = 10;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<TopicName, Window> _windows = new();

    /// <summary>True where the next message may have its line.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="tellMore">Called when the second is over in which messages had none, with their number.</param>
    public bool Admit(TopicName topic, Action<long> tellMore) => _windows.GetOrAdd(topic, _ => new(time)).Admit(tellMore);

    private sealed class Window(TimeProvider time)
    {
        private readonly Lock _gate = new();
        private long _since = time.GetTimestamp();
        private int _lines;
        private long _more;
        private ITimer? _end;

        public bool Admit(Action<long> tellMore)
        {
            lock (_gate)
            {
                var elapsed = time.GetElapsedTime(_since);
                if (_more == 0 && elapsed >= Second)
                {
                    (_since, _lines, elapsed) = (time.GetTimestamp(), 0, TimeSpan.Zero);
                }

                if (_lines < LinesASecond)
                {
                    _lines++;
                    return true;
                }

                if (_more++ == 0)
                {
                    _end = time.CreateTimer(_ => Close(tellMore), null, Second - elapsed, Timeout.InfiniteTimeSpan);
                }

                return false;
            }
        }

        private void Close(Action<long> tellMore)
        {
            long more;
            lock (_gate)
            {
                _end?.Dispose();
                (_end, more) = (null, _more);
                (_since, _lines, _more) = (time.GetTimestamp(), 0, 0);
            }

            tellMore(more);
        }
    }
}
