using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>What of a target went to a destination (and topic) before, or is to.</summary>
/// <param name="Delivered">It has them.</param>
/// <param name="OnTheirWay">They are in shares that are still to get there.</param>
/// <param name="Unconfirmed">Nobody can say whether it has them; with the share by which they were sent.</param>
internal sealed record SharedBefore(IReadOnlySet<PointKey> Delivered, IReadOnlySet<PointKey> OnTheirWay, IReadOnlyDictionary<PointKey, long> Unconfirmed)
{
    /// <summary>Why a value is not sent again, in words that read after "3 points: "; null where nothing speaks against it.</summary>
    public string? Reason(PointKey key) =>
        Delivered.Contains(key) ? "delivered there before"
        : OnTheirWay.Contains(key) ? "on the way there in another share"
        : Unconfirmed.TryGetValue(key, out var share) ? $"unconfirmed in share {share}, so they may be there (go on with: tom share retry {share})"
        : null;
}
