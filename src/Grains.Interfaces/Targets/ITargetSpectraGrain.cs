using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>The spectra of a target. Key: the target's id.</summary>
[Alias("tom.target-spectra")]
public interface ITargetSpectraGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Stores spectra; durable when it returns. Safe to repeat: the same numbers of the same origin and time are stored once, other numbers beside them as a revision. Throws
    /// <see cref="TomException"/>: <see cref="TomFault.NotFound"/> for an unknown target, <see cref="TomFault.Invalid"/> for a spectrum that cannot be kept.
    /// </summary>
    /// <returns>One fate a spectrum, in order.</returns>
    [Alias("record"), AllowRole(TomRole.Contributor)]
    Task<ImmutableArray<PointFate>> RecordAsync(ImmutableArray<Spectrum> spectra);

    /// <summary>All of them in time order, without their numbers.</summary>
    [Alias("list"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<ImmutableArray<SpectrumHead>> ListAsync();

    /// <summary>One of them. Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>).</summary>
    [Alias("get"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<Spectrum> GetAsync(long id);

    /// <summary>
    /// Reads a file with one spectrum and stores it. Throws <see cref="TomException"/> (<see cref="TomFault.Invalid"/>) with what cannot be read for certain; then nothing is stored.
    /// </summary>
    [Alias("import"), AllowRole(TomRole.Contributor)]
    Task<SpectrumReceipt> ImportAsync(SpectrumFile file);
}

/// <summary>A spectrum, as its origin gave it. The lists are equally long; all numbers are finite.</summary>
[GenerateSerializer, Immutable, Alias("tom.spectrum")]
public sealed record Spectrum
{
    [Id(0)] public required SpectrumHead Head { get; init; }

    /// <summary>[<see cref="SpectrumHead.WavelengthUnit"/>], in the order of the source.</summary>
    [Id(1)] public required ImmutableArray<double> Wavelength { get; init; }

    /// <summary>[<see cref="SpectrumHead.FluxUnit"/>]</summary>
    [Id(2)] public required ImmutableArray<double> Flux { get; init; }

    /// <summary>One standard deviation [<see cref="SpectrumHead.FluxUnit"/>]; empty when not stated.</summary>
    [Id(3)] public ImmutableArray<double> FluxError { get; init; } = [];
}

/// <summary>What is known of a spectrum beside its numbers.</summary>
[GenerateSerializer, Immutable, Alias("tom.spectrum-head")]
public sealed record SpectrumHead
{
    /// <summary>Drawn by the database; 0 for one that is not stored.</summary>
    [Id(0)] public long Id { get; init; }

    [Id(1)] public required ObservationTime Time { get; init; }

    /// <summary>As stated: <c>Angstrom</c>, <c>nm</c>, <c>um</c>, <c>Hz</c>, <c>GHz</c>, <c>THz</c>; null when not stated.</summary>
    [Id(2)] public string? WavelengthUnit { get; init; }

    /// <summary>As stated; null when not stated.</summary>
    [Id(3)] public string? FluxUnit { get; init; }
    [Id(4)] public string? Telescope { get; init; }
    [Id(5)] public string? Instrument { get; init; }

    /// <summary>Grating, slit and the like, as stated.</summary>
    [Id(6)] public string? Setup { get; init; }

    /// <summary>[s]</summary>
    [Id(7)] public double? ExposureSeconds { get; init; }

    /// <summary>Who made it, as <see cref="PhotometryPoint.Origin"/>.</summary>
    [Id(8)] public required string Origin { get; init; }
    [Id(9)] public string? Observer { get; init; }
    [Id(10)] public string? Reducer { get; init; }

    /// <summary>A remark of the source, with its classification and type where it states them.</summary>
    [Id(11)] public string? Comments { get; init; }

    /// <summary>The message or file it came in; null when it came by another way.</summary>
    [Id(12)] public PointProvenance? Provenance { get; init; }

    /// <summary>How many wavelengths; and the first and last of them, smallest first, null for none.</summary>
    [Id(13)] public int Length { get; init; }
    [Id(14)] public double? FirstWavelength { get; init; }
    [Id(15)] public double? LastWavelength { get; init; }

    /// <summary>How many other spectra the same origin has stated for this time, telescope and instrument.</summary>
    [Id(16)] public int OtherRevisions { get; init; }

    /// <summary>As <see cref="PhotometryPoint.IsSecondHand"/>; never told of one that is stored.</summary>
    [Id(17)] public bool IsSecondHand { get; init; }

    /// <summary>Withdrawn by who brought it, or by us.</summary>
    [Id(18)] public bool IsRetracted { get; init; }
}

/// <summary>A file with one spectrum, and what it does not say itself.</summary>
[GenerateSerializer, Immutable, Alias("tom.spectrum-file")]
public sealed record SpectrumFile
{
    public const int MaxBytes = 8 * 1024 * 1024;

    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required byte[] Content { get; init; }

    /// <summary>When it was taken, where the file does not say.</summary>
    [Id(2)] public string? Time { get; init; }
    [Id(3)] public string? Telescope { get; init; }
    [Id(4)] public string? Instrument { get; init; }
    [Id(5)] public string? WavelengthUnit { get; init; }
    [Id(6)] public string? FluxUnit { get; init; }

    /// <summary>Who made it; null for this TOM.</summary>
    [Id(7)] public string? Origin { get; init; }

    /// <summary>Only tell what would become of it.</summary>
    [Id(8)] public bool DryRun { get; init; }
}

/// <summary>What became of a file.</summary>
[GenerateSerializer, Immutable, Alias("tom.spectrum-receipt")]
public sealed record SpectrumReceipt([property: Id(0)] PointFate Fate, [property: Id(1)] SpectrumHead Head);
