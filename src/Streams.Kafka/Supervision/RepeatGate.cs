using System.Collections.Concurrent;

namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>Lets the first event of a kind through at once and then one a minute, with the count of those held back.</summary>
internal sealed class RepeatGate(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long Since, int Held)> _kinds = new(StringComparer.Ordinal);

    /// <param name="kind">Kinds are few: no offsets, no times in them.</param>
    /// <param name="held">How many of this kind were held back since the last one let through.</param>
    public bool Admit(string kind, out int held)
    {
        while (true)
        {
            var now = time.GetTimestamp();
            if (!_kinds.TryGetValue(kind, out var seen))
            {
                held = 0;
                if (_kinds.TryAdd(kind, (now, 0)))
                {
                    return true;
                }

                continue;
            }

            var admit = time.GetElapsedTime(seen.Since, now) >= TimeSpan.FromMinutes(1);
            held = seen.Held;
            if (_kinds.TryUpdate(kind, admit ? (now, 0) : (seen.Since, seen.Held + 1), seen))
            {
                return admit;
            }
        }
    }
}
