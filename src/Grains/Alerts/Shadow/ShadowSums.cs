using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Shadow;

/// <summary>Adds up the outcomes of a shadow replay. One call at a time.</summary>
public sealed class ShadowSums
{
    private const int MostShown = 100;

    /// <summary>Reasons may name rows and values: beyond so many different ones the rest is counted together.</summary>
    private const int MostReasons = 1_000;

    private const string OtherReasons = "other reasons";

    private readonly Dictionary<string, ShadowTarget> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Outcome, string Reason), long> _reasons = [];
    private readonly List<ShadowMessage> _changes = [];
    private ShadowReport _sums = new();

    public void Add(Alert alert, ShadowOutcome outcome)
    {
        var (added, revised, known) = (outcome.Points.Sum(points => points.New), outcome.Points.Sum(points => points.Revised), outcome.Points.Sum(points => points.Known));
        var isParked = outcome.Verdict.Fate == Fate.Parked;
        var isIgnored = outcome.Verdict.Fate == Fate.Ignored;
        var stays = !isParked && !isIgnored;
        _sums = _sums with
        {
            Messages = _sums.Messages + 1,
            Parked = _sums.Parked + (isParked ? 1 : 0),
            Ignored = _sums.Ignored + (isIgnored ? 1 : 0),
            New = _sums.New + (stays && added > 0 ? 1 : 0),
            Revision = _sums.Revision + (stays && added == 0 && revised > 0 ? 1 : 0),
            Known = _sums.Known + (stays && added == 0 && revised == 0 ? 1 : 0),
            NewPoints = _sums.NewPoints + added,
            RevisedPoints = _sums.RevisedPoints + revised,
            KnownPoints = _sums.KnownPoints + known,
            NewTargets = _sums.NewTargets + outcome.NewTargets,
        };
        foreach (var points in outcome.Points)
        {
            var before = _targets.GetValueOrDefault(points.Target) ?? new(points.Target, points.IsNewTarget, 0, 0, 0);
            _targets[points.Target] = new(
                points.Target, before.IsNew, before.NewPoints + points.New, before.RevisedPoints + points.Revised, before.KnownPoints + points.Known);
        }

        if (isParked || isIgnored)
        {
            var reason = (isParked ? "parked" : "ignored", OneLine.Of(outcome.Verdict.Reason ?? "no reason given"));
            reason = _reasons.Count < MostReasons || _reasons.ContainsKey(reason) ? reason : (reason.Item1, OtherReasons);
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }

        if (_changes.Count < MostShown && (isParked || added > 0 || revised > 0))
        {
            _changes.Add(new(
                alert.Location,
                isParked ? "parked" : added > 0 ? "new" : "revision",
                isParked
                    ? OneLine.Of(outcome.Verdict.Reason ?? "")
                    : string.Create(CultureInfo.InvariantCulture, $"{added} new, {revised} revised, {known} known: {string.Join(", ", outcome.Points.Select(points => points.Target).Distinct().Take(5))}")));
        }
    }

    public ShadowReport Report() => _sums with
    {
        TargetCount = _targets.Count,
        Targets = [.. _targets.Values.OrderByDescending(target => target.NewPoints + target.RevisedPoints).ThenBy(target => target.Name, StringComparer.Ordinal).Take(MostShown)],
        Reasons = [.. _reasons.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.Reason, StringComparer.Ordinal).Take(MostShown)
            .Select(entry => new ShadowReason(entry.Key.Outcome, entry.Key.Reason, entry.Value))],
        Changes = [.. _changes],
    };
}
