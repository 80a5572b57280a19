namespace TomOrleans.Storage.Targets;

/// <summary>A target with its summary. The summary moves in the transaction that inserts its points.</summary>
public sealed record TargetRow
{
    /// <summary>Drawn by the database, from 1, below 2^53.</summary>
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>[deg, ICRS]</summary>
    public double? RightAscension { get; init; }

    /// <summary>[deg, ICRS]</summary>
    public double? Declination { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    public required long CreatedMicroseconds { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>Number of identities (revisions not counted).</summary>
    public required long Points { get; init; }
    public long? FirstMicroseconds { get; init; }
    public long? LastMicroseconds { get; init; }
}

/// <summary>A name as given together with its normalised form, which is unique over all names and aliases of all targets.</summary>
public readonly record struct TargetNameEntry(string Name, string Normalised);

/// <summary>A target to be made. <paramref name="Names"/>[0] is the main name, the others are aliases.</summary>
public sealed record NewTarget(IReadOnlyList<TargetNameEntry> Names, double? RightAscension, double? Declination, string CreatedBy, long CreatedMicroseconds);

/// <summary>Which targets to list.</summary>
/// <param name="NormalisedText">Part of a normalised name or alias; null for all.</param>
/// <param name="Ids">Only these; null for all.</param>
/// <param name="LatestFirst">By the time of the last light, newest first, targets without points last; else by name.</param>
/// <param name="Limit">Rows at most.</param>
/// <param name="Offset">Rows to leave out first.</param>
public sealed record TargetListQuery(string? NormalisedText, IReadOnlyCollection<long>? Ids, bool LatestFirst, int Limit, int Offset);
