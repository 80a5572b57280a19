using System.Globalization;
using TomOrleans.Events;

namespace TomOrleans.Client.Output;

/// <summary>Events, one line each.</summary>
internal static class EventOutput
{
    /// <summary>Stands where events may be missing.</summary>
    public static readonly object Gap = new { Kind = "gap" };

    /// <summary>Members that do not belong to the kind of event are null.</summary>
    public static object Document(TomEvent happened) => new
    {
        happened.Kind,
        At = TimeText.Exact(happened.AtMicroseconds),
        happened.Count,
        happened.Topic?.Topic,
        happened.Topic?.Stream,
        happened.Handler,
        happened.Last?.Partition,
        happened.Last?.Offset,
        TargetId = happened.TargetId?.ToString(CultureInfo.InvariantCulture),
        Target = happened.TargetName,
        ShareId = happened.ShareId?.ToString(CultureInfo.InvariantCulture),
        happened.Destination,
        happened.Text,
    };

    public static string Line(TomEvent happened) => SafeText.Line($"{TimeText.Short(happened.AtMicroseconds)}  {Word(happened.Kind),-11}  {What(happened)}");

    private static string Word(TomEventKind kind) => kind switch
    {
        TomEventKind.AlertsHandled => "handled",
        TomEventKind.MessagesParked => "parked",
        TomEventKind.TargetChanged => "changed",
        TomEventKind.ShareDelivered => "delivered",
        TomEventKind.ShareRejected => "rejected",
        TomEventKind.ShareUnconfirmed => "unconfirmed",
        TomEventKind.TopicPaused => "paused",
        TomEventKind.TopicResumed => "resumed",
        TomEventKind.TopicSought => "sought",
        _ => kind.ToString(),
    };

    private static string What(TomEvent happened) => happened.Kind switch
    {
        TomEventKind.AlertsHandled or TomEventKind.MessagesParked =>
            $"{happened.Topic} {happened.Handler}: {Counted.Of(happened.Count, "message")}, the last {happened.Last?.Partition}/{happened.Last?.Offset}{Reason(happened)}",
        TomEventKind.TargetChanged => $"{happened.TargetName ?? $"target {happened.TargetId}"}: {Counted.Of(happened.Count, "new point")}",
        TomEventKind.TopicPaused or TomEventKind.TopicResumed or TomEventKind.TopicSought =>
            $"{happened.Topic}{(happened.Handler is { } handler ? $" {handler}" : "")} by {happened.Text}",
        _ => $"share {happened.ShareId} to {happened.Destination}{Reason(happened)}",
    };

    private static string Reason(TomEvent happened) => happened.Text is { } text ? $": {text}" : "";
}
