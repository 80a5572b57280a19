using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>What a series shows of its points.</summary>
public enum SeriesKind
{
    Detections,

    /// <summary>Limits without detection.</summary>
    Limits,

    /// <summary>Withdrawn by whoever stated them.</summary>
    Retracted,
}

/// <summary>Points that share a panel, a band and an instrument: one entry of the legend together with the limits of the same.</summary>
public sealed record LightCurveSeries
{
    public required SeriesKind Kind { get; init; }

    public required int Panel { get; init; }

    public required string Bandpass { get; init; }

    /// <summary>Telescope and instrument as one text; empty when the source names none.</summary>
    public required string Instrument { get; init; }

    /// <summary>Effective wavelength [nm]; null for unknown bands.</summary>
    public required double? WavelengthNanometres { get; init; }

    /// <summary>Number of the marker shape; one an instrument.</summary>
    public required int Shape { get; init; }

    public required ImmutableArray<PhotometryPoint> Points { get; init; }

    /// <summary>Shown in the legend; series of one group are switched together.</summary>
    public string Group => Instrument.Length == 0 ? Bandpass : $"{Bandpass} · {Instrument}";
}
