using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>What a destination may not have because of where it came from. Pure. These rules are what keeps two TOMs that share to each other from sending the same point round and round.</summary>
internal static class ShareRules
{
    /// <summary>Why the point is kept back, in words that read after "3 points: "; null where nothing speaks against it.</summary>
    /// <param name="point">The point.</param>
    /// <param name="options">The destination.</param>
    /// <param name="topic">The destination's topic; null where it has none.</param>
    public static string? Reason(PhotometryPoint point, DestinationOptions options, string? topic) => Reason(point.Origin, point.Provenance, options, topic);

    /// <summary>The same for whatever was measured.</summary>
    public static string? Reason(string origin, PointProvenance? provenance, DestinationOptions options, string? topic) =>
        topic is not null && provenance?.Location.Topic == topic ? $"came from {topic} itself"
        : Peer(origin, provenance, options) is { } peer ? $"came from {peer}, one of the PEERS of {options.Name}"
        : provenance?.Sender is { } poster && IsOtherTom(poster, options) ? $"came from {options.Name} itself, by {poster}"
        : !options.ShareOrigins.IsEmpty && !Holds(options.ShareOrigins, origin) ? $"measured by {origin}, none of the SHARE_ORIGINS of {options.Name}"
        : null;

    private static string? Peer(string origin, PointProvenance? provenance, DestinationOptions options) =>
        Holds(options.Peers, origin) ? origin
        : provenance?.Sender is { } sender && Holds(options.Peers, sender) ? sender
        : null;

    /// <summary>
    /// Another TOM has no topic by which its data could be told: it posts them with an account of ours, which is taken for its own where it is called as the destination, or as the host it is at.
    /// </summary>
    private static bool IsOtherTom(string poster, DestinationOptions options) =>
        options.Kind == DestinationOptions.TomKind
        && TargetNames.Normalise(poster) is var name
        && new[] { options.Name, options.DisplayName, options.BaseUrl.Host }.Any(own => TargetNames.Normalise(own) == name);

    /// <summary>Origins are compared as identities compare them.</summary>
    private static bool Holds(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
