namespace TomOrleans.Storage.Targets;

/// <summary>A target with its summary. The summary moves in the transaction that inserts its points.</summary>
public sealed record TargetRow
{
    /// <summary>Drawn by the database, from 1, below 2^53.</summary>
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The number of each alias among the target's names, in their order.</summary>
    public IReadOnlyList<int> AliasOrdinals { get; init; } = [];

    /// <summary>[deg, ICRS]</summary>
    public double? RightAscension { get; init; }

    /// <summary>[deg, ICRS]</summary>
    public double? Declination { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    public required long CreatedMicroseconds { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>When the target itself was changed last, its points apart [us since 1970, UTC].</summary>
    public long ModifiedMicroseconds { get; init; }
    public string ModifiedBy { get; init; } = "";

    /// <summary>A number of the program's; 0 is fixed on the sky, and only those are found by their place.</summary>
    public int Type { get; init; }

    /// <summary>What nobody queries, as JSON; null for nothing.</summary>
    public string? Details { get; init; }

    /// <summary>Free fields by their ordinals.</summary>
    public IReadOnlyList<ExtraRow> Extras { get; init; } = [];

    /// <summary>The lists it is in, by name.</summary>
    public IReadOnlyList<(long Id, string Name)> Lists { get; init; } = [];

    /// <summary>Number of identities (revisions not counted).</summary>
    public required long Points { get; init; }
    public long? FirstMicroseconds { get; init; }
    public long? LastMicroseconds { get; init; }
}

/// <summary>A free field.</summary>
public readonly record struct ExtraRow(string Key, string Value, int Ordinal = 0);

/// <summary>A name as given together with its normalised form, which is unique over all names and aliases of all targets.</summary>
public readonly record struct TargetNameEntry(string Name, string Normalised);

/// <summary>A target to be made. <paramref name="Names"/>[0] is the main name, the others are aliases.</summary>
public sealed record NewTarget(IReadOnlyList<TargetNameEntry> Names, double? RightAscension, double? Declination, string CreatedBy, long CreatedMicroseconds)
{
    public int Type { get; init; }
    public string? Details { get; init; }
    public IReadOnlyList<ExtraRow> Extras { get; init; } = [];

    /// <summary>Lists to put it in; those that do not exist are made.</summary>
    public IReadOnlyList<TargetNameEntry> Lists { get; init; } = [];

    /// <summary>True to have the message log looked through for it.</summary>
    public bool SearchesLog { get; init; }
}

/// <summary>What a target is to be, its aliases and lists apart.</summary>
public sealed record TargetChange(TargetNameEntry Name, double? RightAscension, double? Declination, string By, long AtMicroseconds)
{
    public int Type { get; init; }
    public string? Details { get; init; }
    public IReadOnlyList<ExtraRow> Extras { get; init; } = [];

    /// <summary>Only if the target was changed last then; null for whatever it is now.</summary>
    public long? IfModifiedMicroseconds { get; init; }
}

/// <summary>What is to change of a target at once.</summary>
public sealed record TargetRevision(string By, long AtMicroseconds)
{
    /// <summary>Null to leave the name and the facts.</summary>
    public TargetChange? Change { get; init; }

    /// <summary>Aliases that are called otherwise from now on.</summary>
    public IReadOnlyList<(TargetNameEntry Before, TargetNameEntry After)> RenamedAliases { get; init; } = [];
    public IReadOnlyList<TargetNameEntry> AddedAliases { get; init; } = [];

    /// <summary>Lists to put it in; those that do not exist are made.</summary>
    public IReadOnlyList<TargetNameEntry> Lists { get; init; } = [];
}

/// <summary>Which targets to list.</summary>
/// <param name="NormalisedText">Part of a normalised name or alias; null for all.</param>
/// <param name="Ids">Only these; null for all.</param>
/// <param name="LatestFirst">By the time of the last light, newest first, targets without points last; else by name.</param>
/// <param name="Limit">Rows at most.</param>
/// <param name="Offset">Rows to leave out first.</param>
public sealed record TargetListQuery(string? NormalisedText, IReadOnlyCollection<long>? Ids, bool LatestFirst, int Limit, int Offset)
{
    /// <summary>Only those with any of these in a normalised name or alias; empty for all.</summary>
    public IReadOnlyList<string> AnyOfTexts { get; init; } = [];

    /// <summary>Only those in this list.</summary>
    public long? ListId { get; init; }
    public int? Type { get; init; }

    /// <summary>Only those with this free field.</summary>
    public string? ExtraKey { get; init; }

    /// <summary>Only those with a free field of this value.</summary>
    public string? ExtraValue { get; init; }
}
