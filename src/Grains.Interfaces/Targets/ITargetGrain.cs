using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>Owner and single entry point of one target and its photometry. Key: the target's id.</summary>
[Alias("tom.target")]
public interface ITargetGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Stores measurements. When it returns, every point judged <see cref="PointFate.New"/>, <see cref="PointFate.Revision"/> or <see cref="PointFate.Confirmed"/> is durable, and so are those that were
    /// known before. Safe to repeat: a point is stored once. Throws <see cref="TomException"/>: <see cref="TomFault.NotFound"/> for an unknown target, <see cref="TomFault.Gone"/> for one that was
    /// merged or removed (resolve the name again, once); any other exception means that storage failed and the call may be repeated.
    /// </summary>
    /// <returns>One fate a point, in order.</returns>
    [Alias("record")]
    Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points);

    /// <summary>
    /// Makes the target what the edit says, durable when this returns. Throws <see cref="TomFault.Invalid"/> naming all faults at once, <see cref="TomFault.Conflict"/> when another target has
    /// the name or somebody changed this one meanwhile, <see cref="TomFault.Gone"/> and <see cref="TomFault.NotFound"/>.
    /// </summary>
    [Alias("edit"), AllowRole(TomRole.Contributor)]
    Task<Target> EditAsync(TargetEdit edit);

    /// <summary>
    /// Makes of the target all that is asked for or nothing of it, durable when this returns. Throws what <see cref="EditAsync"/> throws, and <see cref="TomFault.Conflict"/> for a rename of what is no
    /// alias of it (any more).
    /// </summary>
    [Alias("amend"), AllowRole(TomRole.Contributor)]
    Task<Target> AmendAsync(TargetAmendment amendment);

    /// <summary>Adds aliases, all or none; those it has already do not matter. Throws <see cref="TomFault.Conflict"/> naming the target that has one of them.</summary>
    [Alias("add-aliases"), AllowRole(TomRole.Contributor)]
    Task<Target> AddAliasesAsync(ImmutableArray<string> aliases);

    /// <summary>Takes aliases away, all or none. Throws <see cref="TomFault.Invalid"/> for the main name and <see cref="TomFault.NotFound"/> for a name it has not.</summary>
    [Alias("remove-aliases"), AllowRole(TomRole.Contributor)]
    Task<Target> RemoveAliasesAsync(ImmutableArray<string> aliases);

    /// <summary>Forgets what is remembered of the rows: they were changed by a merge, removal or undo. For grains.</summary>
    [Alias("forget")]
    Task ForgetAsync();

    [Alias("get"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<Target> GetAsync();

    /// <summary>The measurements in time order, one value of each; those that were withdrawn are among them, marked.</summary>
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

    /// <summary>Stored as one more origin of a measurement that was there: the same value of the same time, band and telescope.</summary>
    Confirmed,

    /// <summary>Not stored: another value than is stored of this measurement, from a sender who has it from somebody else and had brought none of it; a revision is taken from whom it came.</summary>
    Withheld,
}
