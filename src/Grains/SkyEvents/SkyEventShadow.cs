using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Shadow;
using TomOrleans.Storage.SkyEvents;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>What <c>gcn-circular</c> and <c>gcn-notice</c> would do: read as they do, against the tables as they are, and nothing kept.</summary>
public sealed class SkyEventShadow(string name, Func<Alert, HandlerDefinition, SkyEventReading> read, SkyEventTable events) : IShadowHandler
{
    public string Name => name;

    public IShadowRun Begin(HandlerDefinition definition) => new Run(alert => read(alert, definition), events);

    private sealed class Run(Func<Alert, SkyEventReading> read, SkyEventTable events) : IShadowRun
    {
        private readonly HashSet<(string Key, Guid Content)> _kept = [];
        private readonly Dictionary<string, Guid> _latest = [];

        public async Task<IReadOnlyList<ShadowOutcome>> JudgeAsync(ImmutableArray<Alert> alerts)
        {
            // All that may fail comes first: what is noted is noted once.
            var readings = alerts.Select(read).ToArray();
            var stored = new bool[readings.Length];
            for (var i = 0; i < readings.Length; i++)
            {
                stored[i] = readings[i].Version is { } version && await events.IsKnownAsync(version);
            }

            return [.. readings.Select((reading, i) => ShadowOutcome.Of(reading.Verdict ?? Judge(reading.Version!, stored[i])))];
        }

        private Verdict Judge(NewSkyEventVersion version, bool isStored) =>
            SkyEventKeeper.VerdictOf(isStored || !IsNews(version) ? SkyEventFate.Known : SkyEventFate.NewVersion, version);

        private bool IsNews(NewSkyEventVersion version)
        {
            var isFirst = _kept.Add((version.Key, version.Content.Hash));
            var isChange = !_latest.TryGetValue(version.Key, out var latest) || latest != version.Content.Hash;
            _latest[version.Key] = version.Content.Hash;
            return isFirst || (version.MayReturn && isChange);
        }
    }
}
