using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Gcn;
using TomOrleans.Grains.Alerts.Messages;
using TomOrleans.Storage.SkyEvents;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>What the handlers of events make of a message before the tables are asked: a version to be kept, or a verdict. One of the two is null. Pure.</summary>
public sealed record SkyEventReading(NewSkyEventVersion? Version, Verdict? Verdict)
{
    public static SkyEventReading OfCircular(Alert alert)
    {
        if (alert.Format is not (AlertFormat.Circular or AlertFormat.Json or AlertFormat.Text or AlertFormat.Bytes))
        {
            return Ignored($"no circular: {alert.Format}");
        }

        return GcnCircularReader.Read(alert, out var fault) switch
        {
            null => Parked(fault!),
            { Number: null } => Parked("a circular without a number: nothing says which one it is"),
            var circular => new(SkyEventVersions.Of(circular, alert), null),
        };
    }

    public static SkyEventReading OfNotice(Alert alert, HandlerDefinition definition)
    {
        if (alert.Format is AlertFormat.Circular or AlertFormat.Hermes)
        {
            return Ignored($"no notice: {alert.Format}");
        }

        if (MessageKeeper.IsHeartbeat(alert.Location.Topic))
        {
            return Ignored("heartbeat");
        }

        return GcnNoticeReader.Read(alert, out var fault) switch
        {
            null => Parked(fault!),
            { IsTest: true } when definition.IgnoreTest => Ignored("test notice"),
            { IsUtility: true } when definition.IgnoreTest => Ignored("no event: where a telescope points, or how it is"),
            var notice when SkyEventVersions.Of(notice, alert) is { } version => new(version, null),
            _ => Parked("a notice without id and time: nothing says which event it is of"),
        };
    }

    private static SkyEventReading Ignored(string reason) => new(null, TomOrleans.Alerts.Verdict.Ignored(reason));

    private static SkyEventReading Parked(string reason) => new(null, TomOrleans.Alerts.Verdict.Parked(OneLine.Of(reason)));
}
