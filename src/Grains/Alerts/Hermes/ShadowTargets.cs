using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>The targets of the tables as far as messages name them, and those that would be made. One call at a time.</summary>
internal sealed class ShadowTargets(TargetTable targets, PhotometryTable photometry)
{
    private const double SamePositionDegrees = 1.0 / 3600.0;

    private readonly Dictionary<string, ShadowTargetState> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ShadowTargetState> _byId = [];
    private readonly Dictionary<string, long> _near = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<(double Ra, double Dec, ShadowTargetState Target)>> _madeByZone = [];

    /// <summary>Names nobody has, asked for once: a replay sees the tables of its beginning.</summary>
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>Reads what the database has of the targets that the messages name.</summary>
    public async Task LoadAsync(IEnumerable<PhotometryReport> reports)
    {
        var all = reports.ToList();
        var names = all.SelectMany(report => report.Points.Select(point => point.TargetName).Concat(report.Targets.Select(target => target.Name)))
            .Select(TargetNames.Normalise).Where(name => name.Length > 0 && !_byName.ContainsKey(name) && !_unknown.Contains(name)).ToHashSet(StringComparer.Ordinal);
        var ids = new Dictionary<string, long>(await targets.ResolveAsync(names), StringComparer.Ordinal);
        var near = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var target in all.SelectMany(report => report.Targets))
        {
            // As live: a name that nobody has may be another name for what is at that place.
            var name = TargetNames.Normalise(target.Name);
            if (names.Contains(name) && !ids.ContainsKey(name) && !near.ContainsKey(name) && target is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec }
                && await targets.FindInConeAsync(ra, dec, SamePositionDegrees) is [var nearest, ..])
            {
                near[name] = nearest.Id;
            }
        }

        var wanted = ids.Values.Concat(near.Values).Where(id => !_byId.ContainsKey(id)).ToHashSet();
        var loaded = new List<ShadowTargetState>();
        foreach (var row in await targets.GetAsync(wanted))
        {
            loaded.Add(ShadowTargetState.Of(row, await photometry.ReadAsync(row.Id)));
        }

        foreach (var target in loaded)
        {
            _byId[target.Id] = target;
        }

        foreach (var (name, id) in ids)
        {
            _byName[name] = _byId[id];
        }

        foreach (var (name, id) in near)
        {
            _near[name] = id;
        }

        _unknown.UnionWith(names.Where(name => !ids.ContainsKey(name)));
    }

    public ShadowTargetState? Find(string name) => _byName.GetValueOrDefault(TargetNames.Normalise(name));

    /// <summary>Makes the targets of a message whose points nobody has a target for, as with CREATE_TARGETS; answers how many are new.</summary>
    public int Make(PhotometryReport report)
    {
        if (report.Points.All(point => Find(point.TargetName) is not null))
        {
            return 0;
        }

        var made = 0;
        var wanted = report.Points.Select(point => TargetNames.Normalise(point.TargetName)).ToHashSet(StringComparer.Ordinal);
        foreach (var reported in report.Targets)
        {
            var name = TargetNames.Normalise(reported.Name);
            if (name.Length == 0 || !wanted.Contains(name) || _byName.ContainsKey(name))
            {
                continue;
            }

            var known = _near.TryGetValue(name, out var id) ? _byId[id] : FindMade(reported);
            var target = known ?? ShadowTargetState.New(reported.Name);
            _byName[name] = target;
            if (known is not null)
            {
                continue;
            }

            made++;
            foreach (var alias in reported.Aliases.Select(TargetNames.Normalise).Where(alias => alias.Length > 0))
            {
                _byName.TryAdd(alias, target);
            }

            if (reported is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec })
            {
                var zone = ZoneOf(dec);
                (_madeByZone.TryGetValue(zone, out var there) ? there : _madeByZone[zone] = []).Add((ra, dec, target));
            }
        }

        return made;
    }

    private ShadowTargetState? FindMade(ReportedTarget reported)
    {
        if (reported is not { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec })
        {
            return null;
        }

        for (var zone = ZoneOf(dec) - 1; zone <= ZoneOf(dec) + 1; zone++)
        {
            foreach (var (otherRa, otherDec, target) in _madeByZone.GetValueOrDefault(zone) ?? [])
            {
                if (Separation(ra, dec, otherRa, otherDec) <= SamePositionDegrees)
                {
                    return target;
                }
            }
        }

        return null;
    }

    /// <summary>Zones as high as the radius, so that only neighbours count.</summary>
    private static int ZoneOf(double dec) => (int)Math.Floor(dec / SamePositionDegrees);

    /// <summary>Haversine [deg]: exact for small angles.</summary>
    private static double Separation(double ra, double dec, double otherRa, double otherDec)
    {
        var (d, o) = (double.DegreesToRadians(dec), double.DegreesToRadians(otherDec));
        var h = Square(Math.Sin((d - o) / 2)) + (Math.Cos(d) * Math.Cos(o) * Square(Math.Sin(double.DegreesToRadians(ra - otherRa) / 2)));
        return double.RadiansToDegrees(2 * Math.Asin(Math.Min(1, Math.Sqrt(h))));
    }

    private static double Square(double value) => value * value;
}
