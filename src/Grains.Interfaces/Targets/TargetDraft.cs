using System.Collections.Immutable;

namespace TomOrleans.Targets;

/// <summary>A target to be made. Zero is a value; null and empty are not stated.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-draft")]
public sealed record TargetDraft
{
    /// <summary>Unique over the names and aliases of all targets, as names are compared; at most 400 characters, as are aliases.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public ImmutableArray<string> Aliases { get; init; } = [];
    [Id(2)] public TargetType Type { get; init; }

    /// <summary>[deg, ICRS]; a sidereal target needs both coordinates.</summary>
    [Id(3)] public double? RightAscensionDegrees { get; init; }

    /// <summary>[deg, ICRS]</summary>
    [Id(4)] public double? DeclinationDegrees { get; init; }
    [Id(5)] public Astrometry? Astrometry { get; init; }

    /// <summary>A non-sidereal target needs the elements of its scheme.</summary>
    [Id(6)] public OrbitalElements? Elements { get; init; }
    [Id(7)] public ImmutableArray<TargetExtra> Extras { get; init; } = [];

    /// <summary>Names of lists to put it in; those that do not exist are made.</summary>
    [Id(8)] public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>True to leave alone what kept messages say of it; else they are looked through, soon after.</summary>
    [Id(9)] public bool IgnoresLog { get; init; }
}

/// <summary>What a target is to be from now on: all of it but aliases and lists, which have verbs of their own. Read, change with <c>with</c>, give back.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-edit")]
public sealed record TargetEdit
{
    /// <summary>Another name than before: the one before stays as an alias, so that messages go on finding the target.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public TargetType Type { get; init; }

    /// <summary>[deg, ICRS]</summary>
    [Id(2)] public double? RightAscensionDegrees { get; init; }

    /// <summary>[deg, ICRS]</summary>
    [Id(3)] public double? DeclinationDegrees { get; init; }
    [Id(4)] public Astrometry? Astrometry { get; init; }
    [Id(5)] public OrbitalElements? Elements { get; init; }
    [Id(6)] public ImmutableArray<TargetExtra> Extras { get; init; } = [];

    /// <summary><see cref="Target.ModifiedMicroseconds"/> as it was read: when somebody changed the target since, the edit is refused. Null to overwrite.</summary>
    [Id(7)] public long? IfModifiedMicroseconds { get; init; }

    public static TargetEdit Of(Target target) => new()
    {
        Name = target.Name,
        Type = target.Type,
        RightAscensionDegrees = target.RightAscensionDegrees,
        DeclinationDegrees = target.DeclinationDegrees,
        Astrometry = target.Astrometry,
        Elements = target.Elements,
        Extras = target.Extras,
        IfModifiedMicroseconds = target.ModifiedMicroseconds,
    };
}

/// <summary>What is to change of a target in one go.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-amendment")]
public sealed record TargetAmendment
{
    /// <summary>Null to leave the name and the facts.</summary>
    [Id(0)] public TargetEdit? Edit { get; init; }

    /// <summary>Aliases that are called otherwise from now on, each once. One that becomes another name of the target goes.</summary>
    [Id(1)] public ImmutableArray<RenamedAlias> RenamedAliases { get; init; } = [];

    /// <summary>Those it has already do not matter.</summary>
    [Id(2)] public ImmutableArray<string> AddedAliases { get; init; } = [];

    /// <summary>Names of lists to put it in; those that do not exist are made.</summary>
    [Id(3)] public ImmutableArray<string> Lists { get; init; } = [];
}

/// <summary>An alias and what it becomes.</summary>
[GenerateSerializer, Immutable, Alias("tom.renamed-alias")]
public readonly record struct RenamedAlias([property: Id(0)] string Before, [property: Id(1)] string After);
