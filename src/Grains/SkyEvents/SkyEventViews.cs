using TomOrleans.SkyEvents;
using TomOrleans.Storage.SkyEvents;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>From rows of events to what callers see.</summary>
public static class SkyEventViews
{
    public static SkyEvent Of(SkyEventRow row) => new()
    {
        Id = row.Key,
        Kind = (SkyEventKind)row.Kind,
        Title = row.Title,
        Type = (SkyEventType)row.Type,
        IsTest = row.IsTest,
        Versions = row.Versions,
        Latest = row.Latest,
        FirstMicroseconds = row.FirstMicroseconds,
        LastMicroseconds = row.LastMicroseconds,
        EventMicroseconds = row.EventMicroseconds,
        Position = Of(row.Place),
        Names = [.. row.Names],
    };

    public static SkyEventVersion Of(SkyEventVersionRow row) => new()
    {
        Number = row.Number,
        Stated = row.Content.Stated,
        Source = row.Content.Source,
        Title = row.Content.Title,
        Type = (SkyEventType)row.Content.Type,
        IsTest = row.Content.IsTest,
        Submitter = row.Content.Submitter,
        IssuedMicroseconds = row.Content.IssuedMicroseconds,
        EventMicroseconds = row.Content.EventMicroseconds,
        Position = Of(row.Content.Place),
        Ivorn = row.Content.Ivorn,
        Message = new(row.Message.Stream, row.Message.Topic, row.Message.Partition, row.Message.Offset),
        MessageMicroseconds = row.Message.TimeMicroseconds,
        MessageId = row.Message.MessageId,
    };

    private static SkyEventPosition? Of(SkyEventPlace? place) =>
        place is null ? null : new(place.RightAscension, place.Declination, place.ErrorDegrees, place.Containment);
}
