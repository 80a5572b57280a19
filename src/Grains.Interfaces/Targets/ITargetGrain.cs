using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>Owner and single entry point of one target and its photometry. Key: the target's id.</summary>
[Alias("tom.target")]
public interface ITargetGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Stores measurements. When it returns, every point judged <see cref="PointFate.New"/> or <see cref="PointFate.Revision"/> is durable, and so are those that were
    /// known before. Safe to repeat: a point is stored once. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) for an unknown target; any other exception means
    /// that storage failed and the call may be repeated.
    /// </summary>
    /// <returns>One fate a point, in order.</returns>
    [Alias("record")]
    Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points);

    [Alias("get"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<Target> GetAsync();

    /// <summary>The shown measurements in time order, one revision of each.</summary>
    [Alias("photometry"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<ImmutableArray<PhotometryPoint>> GetPhotometryAsync();
}

/// <summary>What became of a point.</summary>
public enum PointFate
{
    /// <summary>Stored: nobody had stated this measurement before.</summary>
    New,

    /// <summary>Stored beside an earlier value of the same measurement by the same origin.</summary>
    Revision,

    /// <summary>Stored already; nothing changed.</summary>
    Known,

    /// <summary>Stored already by this very message (the same hop <c>_id</c>), which stood elsewhere then; nothing changed.</summary>
    Repeat,
}
