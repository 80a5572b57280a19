using System.Security.Cryptography;
using System.Text;

namespace TomOrleans.Testing.Front;

/// <summary>What a broker says to one message of a login.</summary>
/// <param name="Answer">Bytes for the client.</param>
/// <param name="IsDone">The login is over; with an error it failed.</param>
/// <param name="Error">Words for the client; null where nothing is wrong.</param>
/// <param name="Until">When the login runs out; null: never.</param>
internal sealed record SaslAnswer(byte[] Answer, bool IsDone, string? Error = null, DateTimeOffset? Until = null)
{
    public static SaslAnswer Refused(string error) => new([], true, error);

    public static SaslAnswer Go(string answer) => new(Encoding.UTF8.GetBytes(answer), false);
}

/// <summary>The broker's side of one login.</summary>
internal abstract class SaslLogin
{
    public abstract SaslAnswer Take(byte[] message);

    protected static SaslAnswer Invalid => SaslAnswer.Refused("Authentication failed during authentication due to invalid credentials");
}

/// <summary>RFC 4616.</summary>
internal sealed class PlainLogin(FrontAccounts accounts) : SaslLogin
{
    public override SaslAnswer Take(byte[] message) =>
        Encoding.UTF8.GetString(message).Split('\0') is [_, var user, var password] && accounts.PasswordOf(user) == password ? new([], true) : Invalid;
}

/// <summary>RFC 5802 with SHA-512, without channel binding.</summary>
internal sealed class ScramLogin(FrontAccounts accounts) : SaslLogin
{
    private const int Iterations = 4096;
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private string? _password;
    private string _first = "";

    public override SaslAnswer Take(byte[] message)
    {
        var text = Encoding.UTF8.GetString(message);
        return _first.Length == 0 ? Begin(text) : End(text);
    }

    /// <summary><c>n,,n=user,r=nonce</c></summary>
    private SaslAnswer Begin(string text)
    {
        var bare = text[(text.IndexOf(",,", StringComparison.Ordinal) + 2)..];
        var fields = FieldsOf(bare);
        _password = accounts.PasswordOf(fields['n']);
        var nonce = fields['r'] + Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        var server = $"r={nonce},s={Convert.ToBase64String(_salt)},i={Iterations}";
        _first = $"{bare},{server}";
        return SaslAnswer.Go(server);
    }

    /// <summary><c>c=biws,r=nonce,p=proof</c></summary>
    private SaslAnswer End(string text)
    {
        var proof = Convert.FromBase64String(FieldsOf(text)['p']);
        var signed = Encoding.UTF8.GetBytes($"{_first},{text[..text.LastIndexOf(",p=", StringComparison.Ordinal)]}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(_password ?? "", _salt, Iterations, HashAlgorithmName.SHA512, 64);
        var stored = SHA512.HashData(HMACSHA512.HashData(salted, "Client Key"u8));
        var signature = HMACSHA512.HashData(stored, signed);
        var key = proof.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray();
        if (_password is null || !SHA512.HashData(key).AsSpan().SequenceEqual(stored))
        {
            return Invalid;
        }

        var server = HMACSHA512.HashData(HMACSHA512.HashData(salted, "Server Key"u8), signed);
        return new(Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(server)}"), true);
    }

    private static Dictionary<char, string> FieldsOf(string text) => text.Split(',').ToDictionary(field => field[0], field => field[2..]);
}

/// <summary>RFC 7628: <c>n,,\x01auth=Bearer token\x01\x01</c>. Who is refused is told why, says so much as yes, and is refused then.</summary>
internal sealed class TokenLogin(FrontAccounts accounts) : SaslLogin
{
    private bool _isRefused;

    public override SaslAnswer Take(byte[] message)
    {
        const string scheme = "auth=Bearer ";
        var token = Encoding.UTF8.GetString(message).Split('\x01').FirstOrDefault(part => part.StartsWith(scheme, StringComparison.Ordinal))?[scheme.Length..];
        if (!_isRefused && token is not null && accounts.TokenEnd(token) is { } end)
        {
            return new([], true, Until: end);
        }

        if (_isRefused)
        {
            return SaslAnswer.Refused("{\"status\":\"invalid_token\"}");
        }

        _isRefused = true;
        return SaslAnswer.Go("{\"status\":\"invalid_token\"}");
    }
}

/// <summary>Who may log in.</summary>
public sealed record FrontAccounts
{
    /// <summary>The password of a user; null for one that is not known. Asked at each login.</summary>
    public Func<string, string?> PasswordOf { get; init; } = _ => null;

    /// <summary>When a token ends; null for one that is not good.</summary>
    public Func<string, DateTimeOffset?> TokenEnd { get; init; } = _ => null;

    internal SaslLogin? Begin(string mechanism) => mechanism switch
    {
        "PLAIN" => new PlainLogin(this),
        "SCRAM-SHA-512" => new ScramLogin(this),
        "OAUTHBEARER" => new TokenLogin(this),
        _ => null,
    };
}
