using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Writing;

/// <summary>What a group must lock and read before it can decide, each without repeats and in locking order.</summary>
internal sealed record GroupKeys(IReadOnlyList<long> Targets, IReadOnlyList<PointIdentity> Identities, IReadOnlyList<PointMoment> Moments, IReadOnlyList<CursorKey> Cursors);

/// <summary>What the database holds of a group's keys, and what the group makes of it.</summary>
internal sealed class GroupFacts
{
    /// <summary>The targets that exist.</summary>
    public HashSet<long> Targets { get; } = [];

    public PhotometryMerge Photometry { get; } = new();

    public CursorLedger Cursors { get; } = new();

    public ContinuousOrders Continuous { get; } = new();

    /// <summary>True when the group leaves something behind that waits for a continuous share.</summary>
    public bool HasOrdered { get; set; }
}
