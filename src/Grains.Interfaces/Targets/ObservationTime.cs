namespace TomOrleans.Targets;

/// <summary>The scale and form in which a time was given. The numbers are stored: add, never renumber.</summary>
public enum TimeForm
{
    /// <summary>ISO 8601 date and time, UTC or with an offset.</summary>
    Iso = 0,

    /// <summary>Julian date [d, UTC].</summary>
    JulianDate = 1,

    /// <summary>Modified Julian date [d, UTC].</summary>
    ModifiedJulianDate = 2,

    /// <summary>Modified Julian date [d, TAI].</summary>
    ModifiedJulianDateTai = 3,

    /// <summary>Julian date [d, TAI].</summary>
    JulianDateTai = 4,

    /// <summary>Julian date [d, TT].</summary>
    JulianDateTt = 5,

    /// <summary>Modified Julian date [d, TT].</summary>
    ModifiedJulianDateTt = 6,

    /// <summary>Julian date [d, TDB]; its light time to the barycentre, where there was such a correction, is not taken back.</summary>
    JulianDateTdb = 7,

    /// <summary>Modified Julian date [d, TDB]; as <see cref="JulianDateTdb"/>.</summary>
    ModifiedJulianDateTdb = 8,

    /// <summary>Julian date [d, TCB]; as <see cref="JulianDateTdb"/>.</summary>
    JulianDateTcb = 9,
}

/// <summary>When light was collected: UTC, with the text it was given in.</summary>
/// <param name="UtcMicroseconds">Microseconds since 1970-01-01T00:00:00 UTC, leap seconds not counted (POSIX time).</param>
/// <param name="Form">The form of <paramref name="Text"/>.</param>
/// <param name="Text">The original text; null when it is the canonical ISO form of <paramref name="UtcMicroseconds"/>.</param>
[GenerateSerializer, Immutable, Alias("tom.observation-time")]
public readonly record struct ObservationTime(
    [property: Id(0)] long UtcMicroseconds,
    [property: Id(1)] TimeForm Form = TimeForm.Iso,
    [property: Id(2)] string? Text = null)
{
    /// <summary>MJD of the Unix epoch [d].</summary>
    private const double UnixEpochMjd = 40587.0;

    private const double MicrosecondsPerDay = 86_400_000_000.0;

    /// <summary>Modified Julian date [d, UTC]; good to about 1 us near today.</summary>
    public double Mjd => UnixEpochMjd + (UtcMicroseconds / MicrosecondsPerDay);

    public DateTimeOffset Utc => DateTimeOffset.UnixEpoch.AddMicroseconds(UtcMicroseconds);
}
