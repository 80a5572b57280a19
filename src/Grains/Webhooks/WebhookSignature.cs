using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TomOrleans.Grains.Webhooks;

/// <summary>How a receiver knows that a POST is ours, and new: HMAC-SHA256 over the time and the body. Pure.</summary>
public static class WebhookSignature
{
    /// <summary>When it was sent [s since 1970, UTC], as decimal digits.</summary>
    public const string TimeHeader = "X-Tom-Timestamp";

    /// <summary><c>sha256=</c> and 64 hexadecimal digits.</summary>
    public const string Header = "X-Tom-Signature";

    /// <summary>The HMAC, keyed with the secret's UTF-8, of the time header's text, a full stop, and the body's bytes.</summary>
    public static string Of(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"{unixSeconds.ToString(CultureInfo.InvariantCulture)}."));
        hmac.AppendData(body);
        return $"sha256={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
