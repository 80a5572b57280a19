using TomOrleans.Alerts;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>What a message's value was found to be.</summary>
internal readonly record struct MessageContent(AlertFormat Format, PhotometryReport? Report, string? Fault)
{
    public static MessageContent Of(AlertFormat format) => new(format, null, null);

    public static MessageContent Faulty(AlertFormat format, string fault) => new(format, null, fault);
}

/// <summary>Where a message came from, as far as its points need to know.</summary>
internal readonly record struct MessageOrigin(MessageLocation Location, Guid? MessageId, string? Sender, long TimestampMicroseconds)
{
    public PointProvenance ToProvenance() => new(Location, MessageId, Sender, TimestampMicroseconds);
}
