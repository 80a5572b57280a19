using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>
/// One import of a file of photometry: its bytes are sent in parts, then it is read and its points are stored. Key: a new Guid for each. An import lives in the memory of one silo; one that is
/// cut off is done again with the same file: what was stored is known then.
/// </summary>
[Alias("tom.photometry-import")]
public interface IPhotometryImportGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes a part of the file, in order; repeating the last one changes nothing. Throws <see cref="TomException"/> (<see cref="TomFault.Invalid"/>) for a part out of turn or a file that is
    /// larger than <see cref="PhotometryImportRequest.MaxBytes"/>.
    /// </summary>
    [Alias("upload"), AllowRole(TomRole.Contributor)]
    Task UploadAsync(int part, byte[] bytes);

    /// <summary>
    /// Begins to read what was sent; returns at once. Safe to repeat. Throws <see cref="TomException"/> (<see cref="TomFault.Invalid"/>) for a request that makes no sense, and
    /// (<see cref="TomFault.NotFound"/>) for a target that does not exist.
    /// </summary>
    [Alias("start"), AllowRole(TomRole.Contributor)]
    Task StartAsync(PhotometryImportRequest request);

    /// <summary>How far it is.</summary>
    [Alias("status"), AllowRole(TomRole.Contributor), AlwaysInterleave]
    Task<PhotometryImportStatus> GetStatusAsync();

    /// <summary>What became of each row, in the order of the file; complete once the import has ended.</summary>
    [Alias("rows"), AllowRole(TomRole.Contributor), AlwaysInterleave]
    Task<ImmutableArray<ImportedRow>> GetRowsAsync(int offset, int limit);
}

/// <summary>How a file of photometry is to be read.</summary>
[GenerateSerializer, Immutable, Alias("tom.photometry-import-request")]
public sealed record PhotometryImportRequest
{
    /// <summary>The largest file: some 500,000 rows.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The largest part of it that is sent at once.</summary>
    public const int MaxPart = 1024 * 1024;

    /// <summary>Its name, kept with each point as the place it came from.</summary>
    [Id(0)] public required string FileName { get; init; }

    /// <summary>Name of its format; null to recognise it.</summary>
    [Id(1)] public string? Format { get; init; }

    /// <summary>All rows belong to this target; null where the file names the target of each row.</summary>
    [Id(2)] public string? Target { get; init; }

    /// <summary>Columns whose names tell nothing, with the field each holds.</summary>
    [Id(3)] public ImmutableArray<ColumnMapping> Columns { get; init; } = [];

    /// <summary>For rows that state none; null for none.</summary>
    [Id(4)] public string? Telescope { get; init; }

    /// <inheritdoc cref="Telescope"/>
    [Id(5)] public string? Instrument { get; init; }

    /// <inheritdoc cref="Telescope"/>
    [Id(6)] public string? Band { get; init; }

    /// <summary>Who measured, for rows that do not say; null for what the format tells, else this TOM.</summary>
    [Id(7)] public string? Origin { get; init; }

    /// <summary>Unit of rows that state none (<c>AB mag</c>, <c>uJy</c>, ...); null for none.</summary>
    [Id(8)] public string? Unit { get; init; }

    /// <summary>Scale of Julian dates where the file does not say (<c>utc</c>, <c>tai</c>, <c>tt</c>, <c>tdb</c>, <c>tcb</c>); null for UTC.</summary>
    [Id(9)] public string? TimeScale { get; init; }

    /// <summary>Only tell what would become of the rows.</summary>
    [Id(10)] public bool DryRun { get; init; }

    /// <summary>Store the good rows of a file that has bad ones too; else such a file is refused whole.</summary>
    [Id(11)] public bool SkipBad { get; init; }

    /// <summary>Who imports it, for the record. Set by the silo from the caller's token.</summary>
    [Id(12)] public string? By { get; init; }
}

/// <summary>A column of the file, by its name, or by its number from 1 in a file without names; and the field it holds.</summary>
[GenerateSerializer, Immutable, Alias("tom.column-mapping")]
public sealed record ColumnMapping([property: Id(0)] string Column, [property: Id(1)] string Field);

public enum ImportState
{
    /// <summary>Parts are awaited; also the state of an import that this cluster knows nothing of, or no longer.</summary>
    Waiting,
    Reading,
    Storing,

    /// <summary>Every good row has its fate, durably (unless it was a dry run).</summary>
    Done,

    /// <summary>Nothing was stored: the file cannot be read, or has bad rows and they were not to be skipped.</summary>
    Refused,

    /// <summary>Storage failed in between. What was stored is durable; doing the import again stores the rest, nothing twice.</summary>
    Failed,
}

/// <summary>How far an import is, and what it came to.</summary>
[GenerateSerializer, Immutable, Alias("tom.photometry-import-status")]
public sealed record PhotometryImportStatus
{
    [Id(0)] public required ImportState State { get; init; }

    /// <summary>Name of the format it was read as; null as long as that is not known.</summary>
    [Id(1)] public string? Format { get; init; }

    /// <summary>Rows of the file.</summary>
    [Id(2)] public int Rows { get; init; }

    /// <summary>Rows that have their fate.</summary>
    [Id(3)] public int Judged { get; init; }

    /// <summary>Counts by <see cref="ImportFate"/>.</summary>
    [Id(4)] public ImmutableArray<int> Fates { get; init; } = [];

    /// <summary>Why it was refused or failed, one line; null otherwise.</summary>
    [Id(5)] public string? Reason { get; init; }

    /// <summary>What was taken for what: for a person to check, a line each.</summary>
    [Id(6)] public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The targets that rows belong to, by name.</summary>
    [Id(7)] public ImmutableArray<string> Targets { get; init; } = [];

    public bool HasEnded => State is ImportState.Done or ImportState.Refused or ImportState.Failed;

    public int Count(ImportFate fate) => Fates.IsDefaultOrEmpty ? 0 : Fates[(int)fate];
}

/// <summary>What became of a row.</summary>
public enum ImportFate
{
    /// <summary>A measurement that nobody had stated.</summary>
    Stored,

    /// <summary>Stored as another value of a measurement that was there.</summary>
    Revised,

    /// <summary>Stored as one more origin of a measurement that was there.</summary>
    Confirmed,

    /// <summary>There already.</summary>
    Known,

    /// <summary>The file itself says that nothing was measured.</summary>
    Empty,

    /// <summary>It cannot be read for certain, or its target does not exist.</summary>
    Refused,

    /// <summary>Good, but not stored, as the file was refused or the import failed before it.</summary>
    NotStored,
}

/// <summary>A row with its fate.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Target">Name of the target as the file gives it; null where the file names none.</param>
/// <param name="Reason">Why, for those that are <see cref="ImportFate.Refused"/> or <see cref="ImportFate.Empty"/>; else null.</param>
[GenerateSerializer, Immutable, Alias("tom.imported-row")]
public readonly record struct ImportedRow(
    [property: Id(0)] int Line, [property: Id(1)] ImportFate Fate, [property: Id(2)] string? Target, [property: Id(3)] string? Reason);
