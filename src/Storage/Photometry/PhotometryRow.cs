namespace TomOrleans.Storage.Photometry;

/// <summary>A measurement as it is stored: one row a content of an identity. Key (target, <see cref="Identity"/>, <see cref="Content"/>).</summary>
/// <remarks>
/// There are many of them: of a number that may be missing only the number is kept, not-a-number where it is missing; and what few measurements state has an object of its own.
/// </remarks>
public sealed record PhotometryRow
{
    public const int MostComment = 2_000;

    private readonly double _value = double.NaN;
    private readonly double _error = double.NaN;
    private readonly double _limit = double.NaN;
    private readonly double _exposureSeconds = double.NaN;

    /// <summary>64-bit hash of what makes it this measurement and no other: origin, telescope, instrument, time, band, kind.</summary>
    public required long Identity { get; init; }

    /// <summary>64-bit hash of what was measured: value, error, limit, units, exact time. Same identity, other content: a revision.</summary>
    public required long Content { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    public required long TimeMicroseconds { get; init; }

    /// <summary>The form of <see cref="TimeText"/>, a number that the caller defines.</summary>
    public required int TimeForm { get; init; }

    /// <summary>The time as it was given; null when it is the canonical form.</summary>
    public string? TimeText { get; init; }
    public required string Bandpass { get; init; }
    public string? Telescope { get; init; }
    public string? Instrument { get; init; }
    public double? Value { get => OrNull(_value); init => _value = value ?? double.NaN; }
    public double? Error { get => OrNull(_error); init => _error = value ?? double.NaN; }

    /// <summary>Unit of value and error, a number that the caller defines.</summary>
    public required int Unit { get; init; }
    public double? Limit { get => OrNull(_limit); init => _limit = value ?? double.NaN; }
    public int LimitUnit { get; init; }

    /// <summary>[s]</summary>
    public double? ExposureSeconds { get => OrNull(_exposureSeconds); init => _exposureSeconds = value ?? double.NaN; }
    public required string Origin { get; init; }
    public string? MeasurementId { get; init; }
    /// <summary>What few measurements state; null where this one states none of it.</summary>
    public RowAside? Aside { get; init; }
    public bool IsRetracted { get; init; }

    /// <summary>
    /// True for what the sender of the message has from somebody else. Not stored: a value that differs from those held of the measurement is <see cref="RowFate.Withheld"/>, unless that sender
    /// brought one of them.
    /// </summary>
    public bool IsSecondHand { get; init; }

    /// <summary>The message that brought it; null for points that came by another way.</summary>
    public MessageSource? Source { get; init; }

    private static double? OrNull(double number) => double.IsNaN(number) ? null : number;
}

/// <summary>Where a row came from. Among the contents of an identity the one with the highest (time, offset) is shown.</summary>
public sealed record MessageSource(string Stream, string Topic, int Partition, long Offset, Guid? MessageId, string? Sender, long TimeMicroseconds);

/// <summary>What the database made of a row.</summary>
public enum RowFate
{
    /// <summary>Inserted; the first content of its identity.</summary>
    New,

    /// <summary>Inserted beside other contents of its identity.</summary>
    Revision,

    /// <summary>Inserted, the first content of its identity; but another origin had stated the same value of this time, band and telescope, so it is no measurement of its own.</summary>
    Witness,

    /// <summary>There already. Its source was moved forward if the new one is later, is another message and the row was not the shown one.</summary>
    Known,

    /// <summary>Not inserted: another value than those that are there, from somebody who has it second-hand.</summary>
    Withheld,
}
