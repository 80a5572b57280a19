using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>What a format means beyond the names of its columns.</summary>
internal sealed record RowRules
{
    public static readonly RowRules Plain = new();

    /// <summary>Magnitudes and limits from here to 100 stand for none, as 99.99 does; null where no number does.</summary>
    public double? NoMagnitudeFrom { get; init; }

    /// <summary>Texts that stand for nothing, beside an empty one.</summary>
    public IReadOnlyCollection<string> Nothing { get; init; } = [];

    /// <summary>Texts of the brightness by which the file says that nothing was measured.</summary>
    public IReadOnlyCollection<string> NotMeasured { get; init; } = [];

    /// <summary>Rows that hold neither brightness nor limit are <see cref="ImportFate.Empty"/> instead of refused.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>A flux error without flux is a limit of one standard deviation.</summary>
    public bool ErrorAloneIsLimit { get; init; }

    /// <summary>An error <c>inf</c> marks the brightness as a limit.</summary>
    public bool InfiniteErrorIsLimit { get; init; }

    /// <summary>Of a row with both, the flux is the measurement.</summary>
    public bool FluxFirst { get; init; }

    /// <summary>Cells that begin with an apostrophe had it put there against spreadsheets.</summary>
    public bool Apostrophes { get; init; }

    /// <summary>Of magnitudes that state none; null where nothing is known.</summary>
    public BrightnessUnit? Magnitudes { get; init; }

    /// <summary>Of limits that state none: also where the brightness is a flux.</summary>
    public BrightnessUnit? Limits { get; init; }

    public BrightnessUnit? Fluxes { get; init; }

    /// <summary>Of limits that state none.</summary>
    public double? LimitSigma { get; init; }

    public string? Origin { get; init; }

    public string? Telescope { get; init; }

    public string? Band { get; init; }

    /// <summary>From a row's band to the unit of its magnitudes, where that depends on it.</summary>
    public IReadOnlyDictionary<string, BrightnessUnit> MagnitudesByBand { get; init; } = new Dictionary<string, BrightnessUnit>();

    /// <summary>Columns that mean something else here than their names tell, by folded name.</summary>
    public IReadOnlyDictionary<string, ImportField> Columns { get; init; } = new Dictionary<string, ImportField>();
}
