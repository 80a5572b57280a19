using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>
/// Takes a TOM Toolkit site over: who asks fetches the site's answers (the console does: a silo opens no address that somebody names, and never sees the site's credentials), this reads and stores them,
/// and keeps how far it is. Everything is safe to repeat: nothing is made or stored twice. Key: the site's root address.
/// </summary>
[Alias("tom.moving-in")]
public interface IMovingInGrain : IGrainWithStringKey
{
    /// <summary>Goes on with a takeover that was cut off, unless <paramref name="anew"/>; else begins one with no target done. Durable when this returns.</summary>
    [Alias("begin"), AllowRole(TomRole.Contributor)]
    Task<MovingInState> BeginAsync(bool anew);

    /// <summary>Which of a site's targets' names would be one name here: for each the place of the first that is the same, in the order of asking. Changes nothing.</summary>
    [Alias("alike"), AllowRole(TomRole.Contributor)]
    Task<ImmutableArray<int>> FindAlikeAsync(ImmutableArray<string> names);

    /// <summary>
    /// Makes the target, durable when this returns, or completes the one that has one of its names: aliases, lists and fields that it lacks are added, what it has stays. What cannot be a target comes
    /// back as <see cref="MovedFate.Refused"/> with the reason.
    /// </summary>
    [Alias("take-target"), AllowRole(TomRole.Contributor)]
    Task<MovedTarget> TakeTargetAsync(ToolkitTargetText target);

    /// <summary>
    /// Stores the photometry and spectra among a page of data, durable when this returns. A datum that cannot be read for certain is refused with its reason and harms no other. Throws
    /// <see cref="TomFault.Gone"/> for a target that was merged or removed meanwhile, <see cref="TomFault.Unavailable"/> where storage failed: then the call may be repeated.
    /// </summary>
    [Alias("take-data"), AllowRole(TomRole.Contributor)]
    Task<MovedData> TakeDataAsync(ToolkitDataPage page);

    /// <summary>Notes that a target is done with all its data: a takeover that goes on passes it over. Durable when this returns.</summary>
    [Alias("end-target"), AllowRole(TomRole.Contributor)]
    Task EndTargetAsync(MovedOutcome outcome);

    /// <summary>Notes that all is done: the next takeover looks at everything again.</summary>
    [Alias("end"), AllowRole(TomRole.Contributor)]
    Task EndAsync();
}

/// <summary>A takeover.</summary>
[GenerateSerializer, Immutable, Alias("tom.moving-in-state")]
public sealed record MovingInState
{
    /// <summary>[us since 1970, UTC]</summary>
    [Id(0)] public required long StartedMicroseconds { get; init; }
    [Id(1)] public required string StartedBy { get; init; }

    /// <summary>The targets that are done.</summary>
    [Id(2)] public ImmutableArray<MovedOutcome> Done { get; init; } = [];
}

/// <summary>A target as the site's <c>api/targets/</c> gives it.</summary>
/// <param name="Json">The object, as UTF-8.</param>
/// <param name="IgnoresLog">As <see cref="TargetDraft.IgnoresLog"/>.</param>
/// <param name="DryRun">Change nothing; only tell what would become of it.</param>
[GenerateSerializer, Immutable, Alias("tom.toolkit-target-text")]
public sealed record ToolkitTargetText([property: Id(0)] byte[] Json, [property: Id(1)] bool IgnoresLog, [property: Id(2)] bool DryRun);

public enum MovedFate
{
    /// <summary>It was not here, and is now.</summary>
    Made,

    /// <summary>A target here had one of its names.</summary>
    Found,

    /// <summary>It cannot be kept; its data are not taken.</summary>
    Refused,
}

/// <summary>What became of a target.</summary>
[GenerateSerializer, Immutable, Alias("tom.moved-target")]
public sealed record MovedTarget
{
    /// <summary>Its id at the site.</summary>
    [Id(0)] public required long RemoteId { get; init; }

    /// <summary>Its name at the site.</summary>
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required MovedFate Fate { get; init; }

    /// <summary>Its id here; null for a refused one, and for one that a dry run would make.</summary>
    [Id(3)] public long? Id { get; init; }

    /// <summary>What a person should know: why it was refused, what was left out.</summary>
    [Id(4)] public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>A page of the site's <c>api/reduceddatums/</c>, all of one target.</summary>
[GenerateSerializer, Immutable, Alias("tom.toolkit-data-page")]
public sealed record ToolkitDataPage
{
    /// <summary>The largest page.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The target's id at the site.</summary>
    [Id(0)] public required long RemoteTarget { get; init; }

    /// <summary>Its id here; null in a dry run for one that is not here yet.</summary>
    [Id(1)] public required long? Target { get; init; }

    /// <summary>The list of data, as UTF-8.</summary>
    [Id(2)] public required byte[] Json { get; init; }

    /// <summary>Who measured what names no source: the site.</summary>
    [Id(3)] public required string Origin { get; init; }

    /// <summary>Store nothing; only tell what would become of them.</summary>
    [Id(4)] public bool DryRun { get; init; }
}

/// <summary>How many data had which fate.</summary>
/// <param name="Stored">Nobody had stated them.</param>
/// <param name="Revised">Another value of what was there.</param>
/// <param name="Confirmed">One more origin of what was there.</param>
/// <param name="Known">There already.</param>
/// <param name="Refused">Could not be read for certain.</param>
[GenerateSerializer, Immutable, Alias("tom.moved-counts")]
public readonly record struct MovedCounts(
    [property: Id(0)] int Stored, [property: Id(1)] int Revised, [property: Id(2)] int Confirmed, [property: Id(3)] int Known, [property: Id(4)] int Refused)
{
    public static MovedCounts operator +(MovedCounts one, MovedCounts other) =>
        new(one.Stored + other.Stored, one.Revised + other.Revised, one.Confirmed + other.Confirmed, one.Known + other.Known, one.Refused + other.Refused);

    public static MovedCounts Add(MovedCounts one, MovedCounts other) => one + other;
}

/// <summary>What became of a page of data.</summary>
/// <param name="Points">Of photometry.</param>
/// <param name="Spectra">Of spectra.</param>
/// <param name="Others">Data of other types, which have no place here.</param>
/// <param name="Notes">Why data were refused, a line each, for as many as a person would read.</param>
[GenerateSerializer, Immutable, Alias("tom.moved-data")]
public sealed record MovedData(
    [property: Id(0)] MovedCounts Points, [property: Id(1)] MovedCounts Spectra, [property: Id(2)] int Others, [property: Id(3)] ImmutableArray<string> Notes);

/// <summary>What became of a target with all its data.</summary>
[GenerateSerializer, Immutable, Alias("tom.moved-outcome")]
public sealed record MovedOutcome
{
    /// <summary>The most <see cref="Notes"/> of a target that are kept.</summary>
    public const int MostNotes = 20;

    /// <summary>Its id at the site.</summary>
    [Id(0)] public required long RemoteId { get; init; }

    /// <summary>Its name at the site.</summary>
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required MovedFate Fate { get; init; }
    [Id(3)] public MovedCounts Points { get; init; }
    [Id(4)] public MovedCounts Spectra { get; init; }

    /// <summary>Data of other types, which have no place here.</summary>
    [Id(5)] public int Others { get; init; }
    [Id(6)] public ImmutableArray<string> Notes { get; init; } = [];
}
