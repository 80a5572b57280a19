using System.Collections.Immutable;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>Which points of a target a share takes. Pure.</summary>
internal static class ShareSelection
{
    /// <summary>
    /// Leaves out what the destination has from us already, and what came from the very topic it would go to. Points before <paramref name="sinceMicroseconds"/> were not asked for and
    /// are neither taken nor counted as left out.
    /// </summary>
    /// <param name="points">The target's shown points with their keys.</param>
    /// <param name="sinceMicroseconds">[us since 1970, UTC]; null for all.</param>
    /// <param name="bands">Bandpasses asked for; empty for all. Others are neither taken nor counted as left out.</param>
    /// <param name="options">The destination.</param>
    /// <param name="topic">The destination's topic; null where it has none.</param>
    /// <param name="delivered">Keys that were delivered to this destination and topic.</param>
    /// <param name="onTheirWay">Keys in shares that are still to get there.</param>
    public static (ImmutableArray<SharedPoint> Taken, ImmutableArray<LeftOutPoint> LeftOut) Choose(
        IEnumerable<SharedPoint> points,
        long? sinceMicroseconds,
        ImmutableArray<string> bands,
        DestinationOptions options,
        string? topic,
        IReadOnlySet<PointKey> delivered,
        IReadOnlySet<PointKey> onTheirWay)
    {
        var taken = ImmutableArray.CreateBuilder<SharedPoint>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutPoint>();
        foreach (var point in points)
        {
            if (point.Point.Time.UtcMicroseconds < sinceMicroseconds || (!bands.IsEmpty && !bands.Contains(point.Point.Bandpass)))
            {
                continue;
            }

            if (Reason(point, options, topic, delivered, onTheirWay) is { } reason)
            {
                leftOut.Add(new(point, reason));
            }
            else
            {
                taken.Add(point);
            }
        }

        return (taken.DrainToImmutable(), leftOut.DrainToImmutable());
    }

    /// <summary>One line a reason, most points first: <c>3 points: retracted</c>.</summary>
    public static ImmutableArray<string> Describe(IEnumerable<LeftOutPoint> leftOut) =>
    [
        .. leftOut
            .GroupBy(point => point.Reason, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {(group.Count() == 1 ? "point" : "points")}: {group.Key}"),
    ];

    private static string? Reason(SharedPoint point, DestinationOptions options, string? topic, IReadOnlySet<PointKey> delivered, IReadOnlySet<PointKey> onTheirWay) =>
        delivered.Contains(point.Key) ? "delivered there before"
        : onTheirWay.Contains(point.Key) ? "on the way there in another share"
        : ShareRules.Reason(point.Point, options, topic);
}
