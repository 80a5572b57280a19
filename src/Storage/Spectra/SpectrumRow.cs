using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Spectra;

/// <summary>A spectrum as it is stored: one row a content of an identity. Key (target, <see cref="Identity"/>, <see cref="Content"/>).</summary>
public sealed record SpectrumRow
{
    /// <summary>Most wavelengths of a spectrum: some 24 MB with fluxes and errors.</summary>
    public const int MostPixels = 1_000_000;

    /// <summary>Drawn by the database; 0 for one that is to be stored.</summary>
    public long Id { get; init; }

    /// <summary>64-bit hash of what makes it this spectrum: origin, telescope, instrument, time.</summary>
    public required long Identity { get; init; }

    /// <summary>64-bit hash of its numbers and units.</summary>
    public required long Content { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    public required long TimeMicroseconds { get; init; }
    public required int TimeForm { get; init; }
    public string? TimeText { get; init; }
    public string? WavelengthUnit { get; init; }
    public string? FluxUnit { get; init; }
    public string? Telescope { get; init; }
    public string? Instrument { get; init; }
    public string? Setup { get; init; }

    /// <summary>[s]</summary>
    public double? ExposureSeconds { get; init; }
    public required string Origin { get; init; }
    public string? Observer { get; init; }
    public string? Reducer { get; init; }
    public string? Comments { get; init; }

    /// <summary>The message or file that brought it; null when it came by another way.</summary>
    public MessageSource? Source { get; init; }

    /// <summary>Passed on by somebody else than its origin: of a spectrum that is known it adds a value only where its sender brought that spectrum. Not stored.</summary>
    public bool IsSecondHand { get; init; }

    /// <summary>Withdrawn by who brought it, or by us.</summary>
    public bool IsRetracted { get; init; }

    /// <summary>Number of wavelengths.</summary>
    public required int Length { get; init; }
    public double? FirstWavelength { get; init; }
    public double? LastWavelength { get; init; }

    /// <summary>Empty where only the head was read.</summary>
    public double[] Wavelength { get; init; } = [];
    public double[] Flux { get; init; } = [];

    /// <summary>Empty when not stated.</summary>
    public double[] FluxError { get; init; } = [];
}
