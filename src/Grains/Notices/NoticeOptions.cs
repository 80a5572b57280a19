using TomOrleans.Grains.Webhooks;

namespace TomOrleans.Grains.Notices;

/// <summary>NOTICES of the configuration.</summary>
public sealed record NoticeOptions
{
    /// <summary>Who is told; null for nobody but those who look.</summary>
    public WebhookTarget? Webhook { get; init; }

    /// <summary>Of one thing the webhook is told at most so often.</summary>
    public TimeSpan Repeat { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often things are looked at.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(5);
}
