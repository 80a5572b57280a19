using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>What a destination may not have because of where it came from. Pure. These rules are what keeps two TOMs that share to each other from sending the same point round and round.</summary>
internal static class ShareRules
{
    /// <summary>Why the point is kept back, in words that read after "3 points: "; null where nothing speaks against it.</summary>
    /// <param name="point">The point.</param>
    /// <param name="options">The destination.</param>
    /// <param name="topic">The destination's topic; null where it has none.</param>
    public static string? Reason(PhotometryPoint point, DestinationOptions options, string? topic) =>
        topic is not null && point.Provenance?.Location.Topic == topic ? $"came from {topic} itself"
        : Peer(point, options) is { } peer ? $"came from {peer}, one of the PEERS of {options.Name}"
        : !options.ShareOrigins.IsEmpty && !Holds(options.ShareOrigins, point.Origin) ? $"measured by {point.Origin}, none of the SHARE_ORIGINS of {options.Name}"
        : null;

    private static string? Peer(PhotometryPoint point, DestinationOptions options) =>
        Holds(options.Peers, point.Origin) ? point.Origin
        : point.Provenance?.Sender is { } sender && Holds(options.Peers, sender) ? sender
        : null;

    /// <summary>Origins are compared as identities compare them.</summary>
    private static bool Holds(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
