using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// Measurements between the grains' contracts and the database. The numbers of units and time forms are those of the contracts'
/// enums.
/// </summary>
public static class PhotometryRows
{
    /// <summary>The row of a point, with its identity and content.</summary>
    public static PhotometryRow ToRow(PhotometryPoint point) => ToRow(point, SourceOf(point.Provenance));

    /// <summary>The same with the source that was made of the point's provenance: the points of a message share it.</summary>
    internal static PhotometryRow ToRow(PhotometryPoint point, MessageSource? source) => new()
    {
        Identity = PhotometryIdentity.Identity(point),
        Content = PhotometryIdentity.Content(point),
        TimeMicroseconds = point.Time.UtcMicroseconds,
        TimeForm = (int)point.Time.Form,
        TimeText = point.Time.Text,
        Bandpass = point.Bandpass,
        Telescope = point.Telescope,
        Instrument = point.Instrument,
        Value = point.Brightness,
        Error = point.BrightnessError,
        Unit = (int)point.BrightnessUnit,
        Limit = point.LimitingBrightness,
        LimitUnit = (int)point.LimitingBrightnessUnit,
        ExposureSeconds = point.ExposureSeconds,
        Origin = point.Origin,
        MeasurementId = point.MeasurementId,
        Aside = RowAside.Of(point.LimitingBrightnessError, point.LimitSigma, point.Observer, point.Comments),
        IsRetracted = point.IsRetracted,
        Source = source,
        IsSecondHand = point.IsSecondHand,
    };

    internal static MessageSource? SourceOf(PointProvenance? provenance) => provenance is null ? null : new(
        provenance.Location.Stream,
        provenance.Location.Topic,
        provenance.Location.Partition,
        provenance.Location.Offset,
        provenance.MessageId,
        provenance.Sender,
        provenance.TimestampMicroseconds);

    /// <summary>The point of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="otherRevisions">How many other contents its identity has.</param>
    /// <param name="otherOrigins">How many other origins state the same.</param>
    public static PhotometryPoint ToPoint(PhotometryRow row, int otherRevisions = 0, int otherOrigins = 0) => new()
    {
        Time = new(row.TimeMicroseconds, (TimeForm)row.TimeForm, row.TimeText),
        Bandpass = row.Bandpass,
        Telescope = row.Telescope,
        Instrument = row.Instrument,
        Brightness = row.Value,
        BrightnessError = row.Error,
        BrightnessUnit = (BrightnessUnit)row.Unit,
        LimitingBrightness = row.Limit,
        LimitingBrightnessError = row.Aside?.LimitError,
        LimitingBrightnessUnit = (BrightnessUnit)row.LimitUnit,
        LimitSigma = row.Aside?.LimitSigma,
        ExposureSeconds = row.ExposureSeconds,
        Origin = row.Origin,
        MeasurementId = row.MeasurementId,
        Observer = row.Aside?.Observer,
        Comments = row.Aside?.Comments,
        Provenance = row.Source is { } source
            ? new(new(source.Stream, source.Topic, source.Partition, source.Offset), source.MessageId, source.Sender, source.TimeMicroseconds)
            : null,
        IsRetracted = row.IsRetracted,
        OtherRevisions = otherRevisions,
        OtherOrigins = otherOrigins,
        Key = PointKeys.Format(row.Identity, row.Content),
    };
}
