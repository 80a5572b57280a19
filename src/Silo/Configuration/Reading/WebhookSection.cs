using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Grains.Alerts.Webhook;
using TomOrleans.Grains.Webhooks;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>URL, SECRET and TIMEOUT of whatever sends webhooks.</summary>
internal static class WebhookSection
{
    private const string UrlAllowed = "an https:// URL, or an http:// one of this host (127.0.0.1, [::1], localhost); without user name and #";
    private const double Shortest = 0.1;
    private const double Longest = 300;

    /// <summary>Null after a fault.</summary>
    public static WebhookTarget? Read(Section section)
    {
        var url = ReadUrl(section);
        var secret = ReadSecret(section);
        var timeout = section.Number(WebhookOptions.TimeoutKey, WebhookTarget.UsualTimeout.TotalSeconds, Shortest, Longest, " (seconds)");
        return url is null || secret is null || timeout <= 0 ? null : new(url, secret, TimeSpan.FromSeconds(timeout));
    }

    /// <summary>The keys of the handler, checked, as text.</summary>
    public static ImmutableDictionary<string, string> ReadHandler(Section section, TimeSpan handlerTimeout)
    {
        var batch = section.Number(WebhookOptions.BatchKey, WebhookOptions.UsualBatch, 1, WebhookOptions.MostBatch);
        if (Read(section) is not { } target)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        if (target.Timeout >= handlerTimeout)
        {
            section.Context.Fault(
                section.PathOf(WebhookOptions.TimeoutKey),
                $"{target.Timeout.TotalSeconds:0.###} seconds; allowed: less than HANDLER_TIMEOUT, {handlerTimeout.TotalSeconds:0.###} seconds here, or nobody hears what the receiver was like");
        }

        return ImmutableDictionary.CreateRange<string, string>(
        [
            new(WebhookOptions.UrlKey, target.Url.AbsoluteUri),
            new(WebhookOptions.SecretKey, target.Secret),
            new(WebhookOptions.TimeoutKey, target.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            new(WebhookOptions.BatchKey, batch.ToString(CultureInfo.InvariantCulture)),
        ]);
    }

    /// <summary>The path of a URL is often what lets one in, so it is not shown, not even where it is refused.</summary>
    private static Uri? ReadUrl(Section section)
    {
        if (section.Take(WebhookOptions.UrlKey) is not { } given)
        {
            section.Missing(WebhookOptions.UrlKey, UrlAllowed);
            return null;
        }

        if (section.Context.TextOf(given, UrlAllowed, secret: true) is not { } text)
        {
            return null;
        }

        if (!WebhookTarget.TryUrl(text, out var url))
        {
            section.Context.RefuseUnseen(given, UrlAllowed);
            return null;
        }

        section.Context.Note(given.Path, ShownText.Of(WebhookTarget.Shown(url)), given.Origin);
        return url;
    }

    private static string? ReadSecret(Section section)
    {
        if (section.Secret(WebhookOptions.SecretKey, required: true)?.Reveal() is not { } secret)
        {
            return null;
        }

        if (secret.Length >= WebhookTarget.ShortestSecret)
        {
            return secret;
        }

        section.Context.Fault(section.PathOf(WebhookOptions.SecretKey), $"too short; allowed: at least {WebhookTarget.ShortestSecret} characters, such as: openssl rand -hex 32");
        return null;
    }
}
