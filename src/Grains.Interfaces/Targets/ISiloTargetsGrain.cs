using System.Collections.Immutable;

namespace TomOrleans.Targets;

/// <summary>
/// Takes points to the targets that live in its silo: one call between silos for many targets. It lives in that silo and nowhere else. Key: the silo's Orleans address, as a parsable text. Not open to clients.
/// </summary>
[Alias("tom.silo-targets")]
public interface ISiloTargetsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores measurements of any targets, as <see cref="ITargetGrain.RecordPhotometryAsync"/> does of one. When it returns, every point that is not among the failed ones has its fate, durably. A target's failure
    /// is its points' alone. Safe to repeat. Where it throws nothing is known of any of them.
    /// </summary>
    /// <remarks>May take longer than two calls of a target, the one that is under way and ours, so that a target that hangs fails alone.</remarks>
    [Alias("record"), ResponseTimeout("00:01:10")]
    Task<RecordedPoints> RecordPhotometryAsync(ImmutableArray<PointOfTarget> points);
}

/// <summary>A point and the target that it belongs to.</summary>
[GenerateSerializer, Immutable, Alias("tom.point-of-target")]
public readonly record struct PointOfTarget([property: Id(0)] long Target, [property: Id(1)] PhotometryPoint Point);

/// <summary>What became of points.</summary>
/// <param name="Fates">One a point, in order; without meaning for those that failed.</param>
/// <param name="Failed">Those whose target threw.</param>
[GenerateSerializer, Immutable, Alias("tom.recorded-points")]
public sealed record RecordedPoints([property: Id(0)] ImmutableArray<PointFate> Fates, [property: Id(1)] ImmutableArray<FailedPoint> Failed);

/// <summary>A point whose target threw.</summary>
/// <param name="Index">Its place among the points of the call.</param>
/// <param name="Fault">What the target threw; one instance for all points of its call.</param>
[GenerateSerializer, Immutable, Alias("tom.failed-point")]
public readonly record struct FailedPoint([property: Id(0)] int Index, [property: Id(1)] Exception Fault);
