namespace TomOrleans.Sandbox.Sky;

/// <summary>What the sky simulator publishes, where and how often.</summary>
public sealed class SkyPublisherOptions
{
    /// <summary>Each visit goes to one of these, the same target always to the same.</summary>
    public IReadOnlyList<string> Topics { get; set; } = ["hermes.photometry"];

    /// <summary>Between live messages. At least a millisecond.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    public ulong Seed { get; set; } = 1;

    /// <summary>The <c>_sender</c> header and the submitter.</summary>
    public string Sender { get; set; } = "sky-simulator";

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
