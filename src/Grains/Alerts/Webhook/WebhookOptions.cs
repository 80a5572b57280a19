using System.Globalization;
using TomOrleans.Grains.Webhooks;

namespace TomOrleans.Grains.Alerts.Webhook;

/// <summary>The keys of the handler <c>webhook</c>, as the configuration has checked them.</summary>
/// <param name="Target">URL, SECRET and TIMEOUT.</param>
/// <param name="Batch">BATCH: so many messages at most in one POST.</param>
public sealed record WebhookOptions(WebhookTarget Target, int Batch)
{
    public const string UrlKey = "URL", SecretKey = "SECRET", TimeoutKey = "TIMEOUT", BatchKey = "BATCH";

    public const int UsualBatch = 100, MostBatch = 1_000;

    public static WebhookOptions Of(IReadOnlyDictionary<string, string> keys) => new(
        new(new(keys[UrlKey]), keys[SecretKey], TimeSpan.FromSeconds(double.Parse(keys[TimeoutKey], CultureInfo.InvariantCulture))),
        int.Parse(keys[BatchKey], CultureInfo.InvariantCulture));
}
