using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using TomOrleans.Security;
using TomOrleans.Storage.Security;

namespace TomOrleans.Grains.Security;

/// <summary>Who holds a token, and what for.</summary>
public sealed record TokenHolder(string Name, TomRole Role);

/// <summary>
/// From a token's text to its holder. The text itself is kept nowhere: the table and this cache know its SHA-256. A token that is not known is asked for again at most each
/// second, so that a new one works at once; those are kept apart, so that guesses push out no token that is known.
/// </summary>
public sealed class TokenRoles(TokenTable tokens, TimeProvider time)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Hash, (TokenHolder Holder, long At)> _known = new();
    private readonly ConcurrentDictionary<Hash, long> _unknown = new();

    /// <summary>Null for a token that nobody made.</summary>
    public async ValueTask<TokenHolder?> FindAsync(string token)
    {
        var sha = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var hash = new Hash(BitConverter.ToUInt64(sha), BitConverter.ToUInt64(sha, 8), BitConverter.ToUInt64(sha, 16), BitConverter.ToUInt64(sha, 24));
        if (_known.TryGetValue(hash, out var known) && time.GetElapsedTime(known.At) < KnownFor)
        {
            return known.Holder;
        }

        if (_unknown.TryGetValue(hash, out var at) && time.GetElapsedTime(at) < UnknownFor)
        {
            return null;
        }

        if (await tokens.FindAsync(sha) is not { } row)
        {
            _known.TryRemove(hash, out _);
            Keep(_unknown, hash, time.GetTimestamp());
            return null;
        }

        var holder = new TokenHolder(row.Name, (TomRole)row.Role);
        Keep(_known, hash, (holder, time.GetTimestamp()));
        return holder;
    }

    /// <summary>A new token of 256 random bits. The text is returned once and kept nowhere; its hash is durable when this returns.</summary>
    public async Task<string> IssueAsync(TomRole role, string name)
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await tokens.InsertAsync(new(SHA256.HashData(Encoding.UTF8.GetBytes(text)), (int)role, name, Clock.Microseconds(time)));
        return text;
    }

    private static void Keep<T>(ConcurrentDictionary<Hash, T> cache, Hash hash, T value)
    {
        if (cache.Count >= Capacity)
        {
            cache.Clear();
        }

        cache[hash] = value;
    }

    private readonly record struct Hash(ulong A, ulong B, ulong C, ulong D);
}
