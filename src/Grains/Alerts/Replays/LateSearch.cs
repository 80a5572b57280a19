using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.Storage;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>
/// Picks the messages that are about some targets: those that name one, and, where a radius is given, those about something unknown that lies so near. Its name becomes an alias of the
/// target then, so that the handler finds it, and everybody sees why.
/// </summary>
internal sealed class LateSearch
{
    private const string Caller = "search of the message log";
    private readonly TargetTable _targets;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _names;
    private readonly IReadOnlyList<Cone> _cones;

    /// <summary>Names that lie in a cone and belong to another target.</summary>
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    private LateSearch(TargetTable targets, TimeProvider time, HashSet<string> names, IReadOnlyList<Cone> cones) =>
        (_targets, _time, _names, _cones) = (targets, time, names, cones);

    public static async Task<LateSearch> BeginAsync(ReplayTargets wanted, TargetTable targets, TimeProvider time)
    {
        var rows = await targets.GetAsync([.. wanted.Wanted.Select(target => target.Id)]);
        var names = rows.SelectMany(row => row.Aliases.Prepend(row.Name)).Select(TargetNames.Normalise).ToHashSet(StringComparer.Ordinal);
        var cones = from target in wanted.Wanted
                    join row in rows on target.Id equals row.Id
                    where target.RadiusDegrees is not null && row.Type == 0 && row.RightAscension is not null && row.Declination is not null
                    select new Cone(row.Id, row.RightAscension!.Value, row.Declination!.Value, target.RadiusDegrees!.Value);
        return new(targets, time, names, [.. cones]);
    }

    public async Task<ImmutableArray<Alert>> ChooseAsync(ImmutableArray<Alert> alerts)
    {
        if (_cones.Count > 0)
        {
            foreach (var target in alerts.SelectMany(alert => alert.Report?.Targets ?? []))
            {
                await AdoptAsync(target);
            }
        }

        return [.. alerts.Where(alert => alert.Report is { } report && report.Points.Any(point => _names.Contains(TargetNames.Normalise(point.TargetName))))];
    }

    /// <summary>Gives the target that is nearest to what a message reports its name, where nobody has it.</summary>
    private async Task AdoptAsync(ReportedTarget reported)
    {
        var name = TargetNames.Normalise(reported.Name);
        if (name.Length == 0 || _names.Contains(name) || _others.Contains(name) || Nearest(reported) is not { } cone)
        {
            return;
        }

        try
        {
            await _targets.AddAliasesAsync(cone.Target, [new(reported.Name.Trim(), name)], Caller, Clock.Microseconds(_time), searchesLog: false);
            _names.Add(name);
        }
        catch (StorageException refusal) when (refusal is NameTakenException or UnknownTargetException)
        {
            _others.Add(name);
        }
    }

    private Cone? Nearest(ReportedTarget reported)
    {
        if (reported is not { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec })
        {
            return null;
        }

        return _cones.Select(cone => (Cone: cone, Away: SkyCoordinates.SeparationDegrees(ra, dec, cone.Ra, cone.Dec)))
            .Where(near => near.Away <= near.Cone.Radius).OrderBy(near => near.Away).Select(near => near.Cone).FirstOrDefault();
    }

    private sealed record Cone(long Target, double Ra, double Dec, double Radius);
}
