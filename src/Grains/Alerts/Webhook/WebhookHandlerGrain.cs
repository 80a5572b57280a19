using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Webhooks;

namespace TomOrleans.Grains.Alerts.Webhook;

/// <summary>
/// Handler <c>webhook</c>: POSTs the alerts, in their order, to a URL. At least once: an alert is handled when the receiver has answered 2xx, and is sent again, with the same key, where
/// that answer was lost. What a receiver refuses is tried alone and then parked with its words; while it cannot be had the handler waits and nothing is parked.
/// </summary>
[GrainType("webhook-handler"), StatelessWorker(1)]
public sealed class WebhookHandlerGrain(IHandlerOptions options, WebhookSender sender, TomIdentity tom) : Grain, IAlertHandler
{
    /// <summary>What is known of a batch in whose middle the receiver went away, so that its beginning is not sent once more.</summary>
    private readonly DeliveredAlerts _delivered = new();

    public async Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var webhook = WebhookOptions.Of(options.Of(batch.Handler));

        // A parked message that is tried again comes alone, and between two tries of a batch.
        var delivered = batch.Claim == 0 ? new() : _delivered;
        var due = delivered.Begin(batch);
        for (var sent = 0; sent < due.Length;)
        {
            var rest = due.AsMemory(sent);
            var count = WebhookBody.Fitting(rest.Span, webhook.Batch);
            await SendAsync(batch.Handler, webhook, rest[..count], delivered);
            sent += count;
        }

        return new(delivered.End(batch));
    }

    private async Task SendAsync(HandlerKey handler, WebhookOptions webhook, ReadOnlyMemory<Alert> alerts, DeliveredAlerts delivered)
    {
        if (await PostAsync(handler, webhook, alerts) is not { } words)
        {
            delivered.Note(alerts.Span, Verdict.Handled);
            return;
        }

        if (alerts.Length == 1)
        {
            delivered.Note(alerts.Span, Verdict.Parked(words) with { MayPass = true });
            return;
        }

        // One of them is refused: each on its own finds it.
        for (var i = 0; i < alerts.Length; i++)
        {
            await SendAsync(handler, webhook, alerts.Slice(i, 1), delivered);
        }
    }

    /// <summary>Null when the receiver has them, else its words of refusal. Throws <see cref="TomFault.Unavailable"/> while it cannot be had.</summary>
    private async Task<string?> PostAsync(HandlerKey handler, WebhookOptions webhook, ReadOnlyMemory<Alert> alerts) =>
        await sender.PostAsync(webhook.Target, WebhookBody.KeyOf(handler, alerts.Span), WebhookBody.Of(tom.Name, handler, alerts.Span)) switch
        {
            WebhookAnswer.Refused refused => refused.Words,
            WebhookAnswer.Unavailable unavailable => throw new TomException(TomFault.Unavailable, unavailable.Words),
            _ => null,
        };
}
