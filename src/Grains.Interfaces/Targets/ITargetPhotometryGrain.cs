using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>All that is stored of a target's measurements: every value by every origin, which of them is shown, and what was withdrawn. Key: the target's id.</summary>
[Alias("tom.target-photometry")]
public interface ITargetPhotometryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Every stored value, in time order, a measurement's values together, the shown one first. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) for an unknown target.
    /// </summary>
    [Alias("history"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<ImmutableArray<PointHistory>> GetHistoryAsync();

    /// <summary>
    /// Withdraws values, or takes that back; durable when it returns, safe to repeat. What is withdrawn is kept, shown pale and not shared; where an earlier value of the same measurement is
    /// left, that is shown. Throws <see cref="TomException"/>: <see cref="TomFault.NotFound"/> for a key that the target does not have, <see cref="TomFault.Invalid"/> for a text that is none.
    /// </summary>
    /// <param name="keys">Of <see cref="PhotometryPoint.Key"/>: whole, for one value of one origin; its part before the point, for all values of all origins of the measurement.</param>
    /// <param name="retracted">False to take it back.</param>
    /// <returns>Number of stored values that were changed.</returns>
    [Alias("retract"), AllowRole(TomRole.Operator)]
    Task<int> RetractAsync(ImmutableArray<string> keys, bool retracted);

    /// <summary>
    /// A page of the target's measurements as a file; the pages put together are the file. Read in again it gives the same points. Throws <see cref="TomException"/>
    /// (<see cref="TomFault.NotFound"/>) for an unknown target.
    /// </summary>
    /// <param name="format">Its form.</param>
    /// <param name="from">0, then <see cref="PhotometryFilePage.Next"/> of the page before.</param>
    [Alias("export"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<PhotometryFilePage> ExportAsync(PhotometryFileFormat format, int from);

    /// <summary>
    /// The light curve as one JSON document, column by column, for who draws it: quick also for a target with 100,000 points. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>) for an
    /// unknown target.
    /// </summary>
    /// <returns>
    /// UTF-8: <c>{"target","id","points","bands":[],"telescopes":[],"origins":[],"units":[],"timeMicroseconds":[],"band":[],"telescope":[],"origin":[],"brightness":[],"error":[],"unit":[],"limit":[],
    /// "limitUnit":[],"retracted":[]}</c>, times since 1970 UTC and in order; <c>band</c> and the like are places in <c>bands</c> and the like; <c>retracted</c> holds the places of withdrawn points.
    /// </returns>
    [Alias("light-curve"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<byte[]> GetLightCurveAsync();
}

/// <summary>A stored value of a measurement.</summary>
/// <param name="Point">The value, with the message or import that brought it.</param>
/// <param name="IsShown">True for the one that stands for the measurement.</param>
/// <param name="ShownAs">Key of the value that stands for it: its own, that of another value of the same origin (then this one was revised), or that of another origin with the same value.</param>
[GenerateSerializer, Immutable, Alias("tom.point-history")]
public sealed record PointHistory([property: Id(0)] PhotometryPoint Point, [property: Id(1)] bool IsShown, [property: Id(2)] string ShownAs);
