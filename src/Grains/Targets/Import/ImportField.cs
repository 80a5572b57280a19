namespace TomOrleans.Grains.Targets.Import;

/// <summary>What a column can hold. Their names in lower case are what <c>--map COLUMN=FIELD</c> takes.</summary>
internal enum ImportField
{
    /// <summary>Not read.</summary>
    Ignore,
    Target,

    /// <summary>ISO 8601, JD or MJD, told apart by its form; Julian dates in the scale that was asked for, else UTC.</summary>
    Time,

    /// <summary>Modified Julian date, in the same scale.</summary>
    Mjd,

    /// <summary>Julian date, in the same scale.</summary>
    Jd,

    /// <summary>Julian or modified Julian date [d, TAI].</summary>
    Tai,

    /// <summary>Julian date [d, TCB].</summary>
    Tcb,

    /// <summary>A date whose fraction counts the day: <c>2018-01-14.4297935</c> [UTC].</summary>
    FractionalDate,

    /// <summary>Heliocentric or barycentric: not read as it is up to 8 minutes from the time on Earth.</summary>
    Heliocentric,
    Band,
    Magnitude,
    MagnitudeError,
    Limit,
    LimitError,
    LimitSigma,
    Flux,
    FluxError,
    FluxLimit,
    FluxLimitError,
    ZeroPoint,

    /// <summary><c>ab</c> or <c>vega</c>, of the magnitudes or of the zero point.</summary>
    System,
    Unit,
    LimitUnit,
    IsLimit,
    Telescope,
    Instrument,
    Exposure,
    Origin,
    MeasurementId,
    Observer,
    Comments,
    Retracted,
}
