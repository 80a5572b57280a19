using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TomOrleans.Silo.Security;

/// <summary>Links that sign a person in once. Kept in memory: a link of an earlier start is worth nothing.</summary>
public sealed class SignInLinks(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, long> _open = new(StringComparer.Ordinal);

    public string Issue()
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _open[code] = time.GetTimestamp();
        return code;
    }

    /// <summary>True the first time within an hour.</summary>
    public bool Redeem(string code) => _open.TryRemove(code, out var at) && time.GetElapsedTime(at) < Lifetime;
}
