namespace TomOrleans.Grains.Alerts;

/// <summary>
/// The newest report on each thing, with who made it and when. A report that is not renewed is stale after <see cref="Lifetime"/>: its silo is gone.
/// </summary>
public sealed class ReportBoard<TKey, TReport>(TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private readonly Dictionary<TKey, Posted> _posted = [];

    /// <summary>Posts a report. When <paramref name="isLast"/>, the reporter gives the thing up: only its own report is taken down.</summary>
    public void Put(TKey key, string silo, TReport report, bool isLast)
    {
        if (!isLast)
        {
            _posted[key] = new(silo, report, time.GetTimestamp());
        }
        else if (_posted.TryGetValue(key, out var posted) && posted.Silo == silo)
        {
            _posted.Remove(key);
        }
    }

    public IReadOnlyDictionary<TKey, (string Silo, TReport Report)> Current() =>
        _posted.Where(entry => time.GetElapsedTime(entry.Value.At) < Lifetime)
            .ToDictionary(entry => entry.Key, entry => (entry.Value.Silo, entry.Value.Report));

    private readonly record struct Posted(string Silo, TReport Report, long At);
}
