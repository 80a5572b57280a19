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
