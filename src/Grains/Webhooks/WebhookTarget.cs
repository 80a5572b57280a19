using System.Diagnostics.CodeAnalysis;

namespace TomOrleans.Grains.Webhooks;

/// <summary>Where a webhook goes to. Its text shows neither the secret nor the path, which is one with many services.</summary>
/// <param name="Url">https, or http to this host.</param>
/// <param name="Secret">Signs what is sent.</param>
/// <param name="Timeout">Without a whole answer for so long it counts as not delivered.</param>
public sealed record WebhookTarget(Uri Url, string Secret, TimeSpan Timeout)
{
    public const int ShortestSecret = 16;

    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(10);

    /// <summary>True for https, and for http to this host itself; never with a user name or a fragment.</summary>
    public static bool TryUrl(string text, [MaybeNullWhen(false)] out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && url.Host.Length > 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    /// <summary>The URL for people.</summary>
    public static string Shown(Uri url) => url.AbsolutePath == "/" && url.Query.Length == 0 ? url.GetLeftPart(UriPartial.Authority) + "/" : $"{url.GetLeftPart(UriPartial.Authority)}/...";

    public override string ToString() => Shown(Url);
}
