using TomOrleans.Alerts;

namespace TomOrleans.Targets;

/// <summary>
/// One photometry measurement: a detection, a limit, or both of the same epoch. At least one of <see cref="Brightness"/> and
/// <see cref="LimitingBrightness"/> is present; all numbers are finite. Zero is a value like any other.
/// </summary>
/// <remarks>There are many of them: of a number that may be missing only the number is kept, not-a-number where it is missing.</remarks>
[GenerateSerializer, Immutable, Alias("tom.photometry-point")]
public sealed partial record PhotometryPoint
{
    [NonSerialized] private double _brightness = double.NaN;
    [NonSerialized] private double _brightnessError = double.NaN;
    [NonSerialized] private double _limitingBrightness = double.NaN;
    [NonSerialized] private double _limitingBrightnessError = double.NaN;
    [NonSerialized] private double _exposureSeconds = double.NaN;
    [NonSerialized] private double _limitSigma = double.NaN;

    [Id(0)] public required ObservationTime Time { get; init; }

    /// <summary>Bandpass as stated by the source, trimmed.</summary>
    [Id(1)] public required string Bandpass { get; init; }

    /// <summary>Null when the source names none.</summary>
    [Id(2)] public string? Telescope { get; init; }

    /// <summary>Null when the source names none.</summary>
    [Id(3)] public string? Instrument { get; init; }

    /// <summary>Measured brightness [<see cref="BrightnessUnit"/>]; null for a limit without detection.</summary>
    public double? Brightness { get => OrNull(_brightness); init => _brightness = OrNaN(value); }

    /// <summary>One standard deviation [<see cref="BrightnessUnit"/>], not negative; null when not stated.</summary>
    public double? BrightnessError { get => OrNull(_brightnessError); init => _brightnessError = OrNaN(value); }

    [Id(6)] public BrightnessUnit BrightnessUnit { get; init; }

    /// <summary>Limit of the exposure [<see cref="LimitingBrightnessUnit"/>]: nothing fainter would have been seen; null when not stated.</summary>
    public double? LimitingBrightness { get => OrNull(_limitingBrightness); init => _limitingBrightness = OrNaN(value); }

    /// <summary>[<see cref="LimitingBrightnessUnit"/>]; null when not stated.</summary>
    public double? LimitingBrightnessError { get => OrNull(_limitingBrightnessError); init => _limitingBrightnessError = OrNaN(value); }

    [Id(9)] public BrightnessUnit LimitingBrightnessUnit { get; init; }

    /// <summary>[s]; null when not stated.</summary>
    public double? ExposureSeconds { get => OrNull(_exposureSeconds); init => _exposureSeconds = OrNaN(value); }

    /// <summary>Who made the measurement: the source the message states, else its authenticated sender, else this TOM; never the topic or broker that relayed it.</summary>
    [Id(11)] public required string Origin { get; init; }

    /// <summary>The origin's own id of this measurement; null when it gives none.</summary>
    [Id(12)] public string? MeasurementId { get; init; }

    /// <summary>The message that first brought it here; null for points that came by another way.</summary>
    [Id(13)] public PointProvenance? Provenance { get; init; }

    /// <summary>True when somebody withdrew the measurement. Kept, shown pale, not shared.</summary>
    [Id(14)] public bool IsRetracted { get; init; }

    /// <summary>How many other values the same origin has stated for this measurement, before or after; 0 for most.</summary>
    [Id(15)] public int OtherRevisions { get; init; }

    /// <summary>How many standard deviations the limit stands for (5 for a 5-sigma depth); null when not stated.</summary>
    public double? LimitSigma { get => OrNull(_limitSigma); init => _limitSigma = OrNaN(value); }

    /// <summary>Who observed, as stated; null when not stated.</summary>
    [Id(17)] public string? Observer { get; init; }

    /// <summary>A remark of the source, at most 2,000 characters; null without one.</summary>
    [Id(18)] public string? Comments { get; init; }

    /// <summary>How many other origins state the same value of this time, band and telescope; 0 for most. <see cref="ITargetPhotometryGrain.GetHistoryAsync"/> names them.</summary>
    [Id(19)] public int OtherOrigins { get; init; }

    /// <summary>What the stored value is called by (<see cref="PointKeys"/>); null for a point that was not read from the tables.</summary>
    [Id(20)] public string? Key { get; init; }

    /// <summary>True for a limit without a detection.</summary>
    public bool IsLimit => Brightness is null;

    /// <summary>
    /// True where the sender of the message passes on what <see cref="Origin"/> measured, in its own words: it adds a measurement that is not known yet, but no value to one that is, unless
    /// the measurement came from that sender before. Not stored.
    /// </summary>
    [Id(30)] public bool IsSecondHand { get; init; }

    private static double? OrNull(double number) => double.IsNaN(number) ? null : number;

    private static double OrNaN(double? number) => number ?? double.NaN;
}

/// <summary>The message a point came in. One instance is shared by all points of a message.</summary>
/// <param name="Location">Where the message stands in Kafka.</param>
/// <param name="MessageId">The hop <c>_id</c>; null when it had none.</param>
/// <param name="Sender">The authenticated sender; null when unknown.</param>
/// <param name="TimestampMicroseconds">The message's time [us since 1970, UTC]; among revisions the latest message wins.</param>
[GenerateSerializer, Immutable, Alias("tom.point-provenance")]
public sealed record PointProvenance(
    [property: Id(0)] MessageLocation Location,
    [property: Id(1)] Guid? MessageId,
    [property: Id(2)] string? Sender,
    [property: Id(3)] long TimestampMicroseconds);
