using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// The points of a batch, grouped by target so that each target is called once, and the way back from a target's answers to the alerts.
/// </summary>
public sealed class PhotometryGroups
{
    private readonly Dictionary<long, TargetGroup> _groups = [];
    private readonly List<(TargetGroup Group, int Index)>[] _byAlert;

    private PhotometryGroups(int alerts) => _byAlert = new List<(TargetGroup, int)>[alerts];

    public IReadOnlyCollection<TargetGroup> Targets => _groups.Values;

    /// <summary>Leaves out alerts that are judged already, and points whose target is not in <paramref name="ids"/> (normalised name to id).</summary>
    public static PhotometryGroups Of(ImmutableArray<Alert> alerts, Verdict?[] verdicts, Dictionary<string, long> ids)
    {
        var groups = new PhotometryGroups(alerts.Length);
        for (var i = 0; i < alerts.Length; i++)
        {
            if (verdicts[i] is not null || alerts[i].Report is not { } report)
            {
                continue;
            }

            foreach (var (name, point) in report.Points)
            {
                if (ids.TryGetValue(TargetNames.Normalise(name), out var id))
                {
                    groups.Add(i, id, point);
                }
            }
        }

        return groups;
    }

    /// <summary>What became of the alert's points; empty when no target of it is known.</summary>
    public ImmutableArray<PointFate> FatesOf(int alert) =>
        _byAlert[alert] is { } points ? [.. points.Select(point => point.Group.Fates[point.Index])] : [];

    private void Add(int alert, long id, PhotometryPoint point)
    {
        if (!_groups.TryGetValue(id, out var group))
        {
            _groups.Add(id, group = new(id));
        }

        (_byAlert[alert] ??= []).Add((group, group.Add(point)));
    }
}

/// <summary>The points of one target in a batch, in message order.</summary>
public sealed class TargetGroup(long targetId)
{
    private readonly ImmutableArray<PhotometryPoint>.Builder _points = ImmutableArray.CreateBuilder<PhotometryPoint>();

    public long TargetId => targetId;

    public ImmutableArray<PhotometryPoint> Points => _points.ToImmutable();

    public ImmutableArray<PointFate> Fates { get; set; } = [];

    public int Add(PhotometryPoint point)
    {
        _points.Add(point);
        return _points.Count - 1;
    }
}
