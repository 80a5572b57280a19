using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>What a stream shows of itself. Safe on any thread.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its token sources and signals have no timer and no wait handle that would have to be freed.")]
internal sealed class StreamBoard
{
    public const string Connecting = "connecting";
    public const string Connected = "connected";
    public const string Stopped = "stopped";

    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changed = new(0, 1);
    private volatile string _state = Connecting;

    public string State
    {
        get => _state;
        set
        {
            if (_state != value)
            {
                _state = value;
                Touch();
            }
        }
    }

    public IReadOnlyList<string> Topics { get; set; } = [];

    public IReadOnlyList<string> Problems => [.. _problems.OrderBy(problem => problem.Key, StringComparer.Ordinal).Select(problem => problem.Value)];

    public void SetProblem(string key, string text)
    {
        if (!_problems.TryGetValue(key, out var known) || known != text)
        {
            _problems[key] = text;
            Touch();
        }
    }

    public void ClearProblem(string key)
    {
        if (_problems.TryRemove(key, out _))
        {
            Touch();
        }
    }

    /// <summary>Keeps the problems with this prefix that are given, and no others.</summary>
    public void ReplaceProblems(string prefix, IReadOnlyDictionary<string, string> problems)
    {
        foreach (var key in _problems.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !problems.ContainsKey(key[prefix.Length..])))
        {
            ClearProblem(key);
        }

        foreach (var (key, text) in problems)
        {
            SetProblem(prefix + key, text);
        }
    }

    /// <summary>Something changed that should be seen at once.</summary>
    public void Touch()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody was faster; one signal is enough.
        }
    }

    public Task ChangedAsync(CancellationToken ct) => _changed.WaitAsync(ct);
}
