using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>Finds targets by name, text or position, makes them and lets them go. Stateless, over the tables; key 0.</summary>
[Alias("tom.target-directory")]
public interface ITargetDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Finds the one target with this name or alias (case, blanks, <c>-</c>, <c>_</c> and brackets do not count). Throws <see cref="TomException"/>
    /// <see cref="TomFault.NotFound"/> (naming close ones).
    /// </summary>
    [Alias("find"), AllowRole(TomRole.Reader)]
    Task<Target> FindAsync(string name);

    /// <summary>
    /// The one target with this name or alias, else the one that has this text in a name. Throws <see cref="TomFault.Ambiguous"/> (listing candidates) where several have it,
    /// <see cref="TomFault.NotFound"/> where none does. For people who look; who changes something asks <see cref="FindAsync"/>.
    /// </summary>
    [Alias("find-by-text"), AllowRole(TomRole.Reader)]
    Task<Target> FindByTextAsync(string text);

    /// <summary>Which targets have these names, in the order of asking; one query for all. At most 10,000 names a call.</summary>
    [Alias("resolve"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<TargetMatch>> ResolveAsync(ImmutableArray<string> asked);

    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<TargetPage> ListAsync(TargetQuery query);

    /// <summary>
    /// Makes a target, durable when this returns. Two who make the same one at once: one makes it, the other is refused. Throws <see cref="TomFault.Invalid"/> naming all faults
    /// at once, <see cref="TomFault.Conflict"/> naming the target that has the name or an alias.
    /// </summary>
    [Alias("add"), AllowRole(TomRole.Contributor)]
    Task<Target> AddAsync(TargetDraft draft);

    /// <summary>
    /// Merges a target into another, durable when this returns: its points, names, lists, extra fields and shares are the other's from then on. Can be undone for 30 days.
    /// Throws <see cref="TomFault.NotFound"/>, <see cref="TomFault.Gone"/>, and <see cref="TomFault.Invalid"/> for a target and itself.
    /// </summary>
    [Alias("merge"), AllowRole(TomRole.Contributor)]
    Task<TargetMerged> MergeAsync(long from, long into);

    /// <summary>Removes a target with its points, durable when this returns. Can be undone for 30 days. Throws <see cref="TomFault.NotFound"/>, <see cref="TomFault.Gone"/>.</summary>
    [Alias("remove"), AllowRole(TomRole.Contributor)]
    Task<TargetUndo> RemoveAsync(long id);

    /// <summary>
    /// Has the message log looked through for the target's names again, and with a radius for what lies so near under a name that nobody has: that becomes an alias. Ordered durably when it returns; a
    /// replay a topic does it (<see cref="Alerts.IReplaysGrain"/>). Adding a target or an alias does so by itself, without a radius. Safe to repeat. Throws <see cref="TomFault.NotFound"/>,
    /// <see cref="TomFault.Gone"/>, <see cref="TomFault.Invalid"/>.
    /// </summary>
    /// <param name="id">Which target.</param>
    /// <param name="radiusDegrees">[deg], above 0 up to 1; null for names only.</param>
    [Alias("search-log"), AllowRole(TomRole.Contributor)]
    Task SearchLogAsync(long id, double? radiusDegrees);

    /// <summary>Merges and removals that can be undone, newest first.</summary>
    [Alias("undos"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<TargetUndo>> ListUndosAsync();

    /// <summary>
    /// Brings a merged or removed target back with its names and points. What came to a merged target under its names since stays with the other, but for revisions of its own points.
    /// Throws <see cref="TomFault.NotFound"/> (undone already, or too late), <see cref="TomFault.Conflict"/> (its name is another's now, or a later merge must be undone first).
    /// </summary>
    [Alias("undo"), AllowRole(TomRole.Contributor)]
    Task<TargetUndone> UndoAsync(long undo);
}

/// <summary>A name that was asked for, and the target that has it.</summary>
/// <param name="Asked">As it was given.</param>
/// <param name="Id">Null where nobody has the name.</param>
/// <param name="Name">The target's main name; null where nobody has the name.</param>
[GenerateSerializer, Immutable, Alias("tom.target-match")]
public readonly record struct TargetMatch([property: Id(0)] string Asked, [property: Id(1)] long? Id, [property: Id(2)] string? Name);

[GenerateSerializer, Immutable, Alias("tom.target-query")]
public sealed record TargetQuery
{
    /// <summary>Part of a name or alias; null for all.</summary>
    [Id(0)] public string? Text { get; init; }

    /// <summary>Only targets in this cone; null for the whole sky.</summary>
    [Id(1)] public Cone? Cone { get; init; }
    [Id(2)] public int Limit { get; init; } = 100;
    [Id(3)] public int Offset { get; init; }

    /// <summary>Newest light first when true; else by name.</summary>
    [Id(4)] public bool LatestFirst { get; init; }

    /// <summary>Only targets in the list of this name; null for all.</summary>
    [Id(5)] public string? List { get; init; }

    /// <summary>Null for both.</summary>
    [Id(6)] public TargetType? Type { get; init; }

    /// <summary>Only targets with this extra field; null for all.</summary>
    [Id(7)] public string? ExtraKey { get; init; }

    /// <summary>Only targets with an extra field of this value (that of <see cref="ExtraKey"/>, where both are given); null for all.</summary>
    [Id(8)] public string? ExtraValue { get; init; }

    /// <summary>Only targets around this one, itself included; null for the whole sky. Not together with <see cref="Cone"/>.</summary>
    [Id(9)] public TargetVicinity? Around { get; init; }

    /// <summary>Only targets with any of these in a name or alias, at most 200; empty for all.</summary>
    [Id(10)] public ImmutableArray<string> AnyOfTexts { get; init; } = [];

    /// <summary>Only targets with any of these names or aliases, compared whole; empty for all.</summary>
    [Id(11)] public ImmutableArray<string> AnyOfNames { get; init; } = [];
}

/// <summary>A circle around a target.</summary>
/// <param name="Target">Its name or an alias.</param>
/// <param name="RadiusDegrees">[deg]</param>
[GenerateSerializer, Immutable, Alias("tom.target-vicinity")]
public sealed record TargetVicinity([property: Id(0)] string Target, [property: Id(1)] double RadiusDegrees);

/// <summary>A circle on the sky [deg, ICRS].</summary>
[GenerateSerializer, Immutable, Alias("tom.cone")]
public readonly record struct Cone(
    [property: Id(0)] double RightAscensionDegrees,
    [property: Id(1)] double DeclinationDegrees,
    [property: Id(2)] double RadiusDegrees);

[GenerateSerializer, Immutable, Alias("tom.target-page")]
public sealed record TargetPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<Target> Targets)
{
    /// <summary>How far each is from the middle of the cone, nearest first [deg]; empty where no cone was asked for.</summary>
    [Id(2)] public ImmutableArray<double> SeparationsDegrees { get; init; } = [];
}
