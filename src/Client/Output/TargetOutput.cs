using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Targets as tables and as JSON.</summary>
internal static class TargetOutput
{
    public static object Document(Target target) => Document(target, separation: null);

    public static object Document(TargetPage page) => new
    {
        page.Total,
        Targets = page.Targets.Select((target, i) => Document(target, i < Count(page) ? page.SeparationsDegrees[i] : null)),
    };

    public static void ShowList(Report report, TargetPage page, int offset)
    {
        if (page.Targets.IsEmpty)
        {
            report.Line(page.Total == 0 ? "No targets." : $"No targets from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var isCone = Count(page) > 0;
        var table = isCone
            ? new TextTable("Name", "#Away", "#RA [deg]", "#Dec [deg]", "#Points", "=Latest", "Band", "Brightness")
            : new TextTable("Name", "#RA [deg]", "#Dec [deg]", "#Points", "=Latest", "Band", "Brightness");
        for (var i = 0; i < page.Targets.Length; i++)
        {
            var target = page.Targets[i];
            Cell[] away = isCone ? [SkyText.Separation(page.SeparationsDegrees[i])] : [];
            table.Row(
            [
                target.Name,
                .. away,
                SkyText.Degrees(target.RightAscensionDegrees),
                SkyText.Degrees(target.DeclinationDegrees),
                target.Points,
                TimeText.Short(target.LatestMicroseconds),
                target.Latest?.Bandpass,
                target.Latest is { } latest ? BrightnessText.Either(latest) : "",
            ]);
        }

        table.Show(report);
        Paging.Show(report, offset, page.Targets.Length, page.Total, "targets");
    }

    public static void Show(Report report, Target target)
    {
        var table = TextTable.OfFacts().Row("Target", target.Name);
        table.Row("Aliases", target.Aliases.IsEmpty ? "none" : string.Join(", ", target.Aliases));
        if (target.Type == TargetType.NonSidereal)
        {
            table.Row("Type", $"non-sidereal{(target.Elements?.Scheme is { } scheme ? $", {NameOf(scheme)}" : "")}");
        }

        if (target is { RightAscensionDegrees: { } rightAscension, DeclinationDegrees: { } declination })
        {
            table.Row("RA, Dec [deg, ICRS]", $"{SkyText.Degrees(rightAscension)}, {SkyText.Degrees(declination)}");
            table.Row("RA, Dec [h m s, d m s]", $"{SkyText.Hours(rightAscension)} {SkyText.Declination(declination)}");
        }
        else if (target.Type == TargetType.Sidereal)
        {
            table.Row("RA, Dec", "unknown");
        }

        foreach (var (field, value) in Fields(target))
        {
            table.Row(field.Unit.Length == 0 ? field.Label : $"{field.Label} [{field.Unit}]", value.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var extra in Extras(target))
        {
            table.Row(extra.Key, extra.Value);
        }

        if (!target.Lists.IsDefaultOrEmpty)
        {
            table.Row("Lists", string.Join(", ", target.Lists.Select(list => list.Name)));
        }

        table.Row("Points", target.Points);
        if (target.Latest is { } latest)
        {
            table.Row("Latest", $"{TimeText.Short(target.LatestMicroseconds)}  {latest.Bandpass}  {BrightnessText.Either(latest)}  by {latest.Origin}");
        }

        table.Row("Made", $"{TimeText.Short(target.CreatedMicroseconds)} by {target.CreatedBy}");
        if (target.ModifiedMicroseconds > target.CreatedMicroseconds)
        {
            table.Row("Changed", $"{TimeText.Short(target.ModifiedMicroseconds)} by {target.ModifiedBy}");
        }

        table.Row("Id", target.Id.ToString(CultureInfo.InvariantCulture));
        table.Show(report);
    }

    private static object Document(Target target, double? separation) => new
    {
        Id = target.Id.ToString(CultureInfo.InvariantCulture),
        target.Name,
        target.Aliases,
        Type = target.Type == TargetType.NonSidereal ? "NON_SIDEREAL" : "SIDEREAL",
        Ra = target.RightAscensionDegrees,
        Dec = target.DeclinationDegrees,
        RaText = target.RightAscensionDegrees is { } ra ? SkyText.Hours(ra) : null,
        DecText = target.DeclinationDegrees is { } dec ? SkyText.Declination(dec) : null,
        SeparationDegrees = separation,
        Scheme = target.Elements?.Scheme is { } scheme ? NameOf(scheme) : null,

        // By the Toolkit's names.
        Fields = Fields(target).ToDictionary(field => field.Field.Name, field => field.Value),
        Extras = Extras(target).ToDictionary(extra => extra.Key, extra => extra.Value),
        Lists = target.Lists.IsDefault ? [] : target.Lists.Select(list => list.Name),
        target.Points,
        LatestTime = TimeText.Exact(target.LatestMicroseconds),
        Latest = target.Latest is { } latest ? PhotometryOutput.Point(latest) : null,
        Created = TimeText.Exact(target.CreatedMicroseconds),
        target.CreatedBy,
        Modified = TimeText.Exact(target.ModifiedMicroseconds),
        target.ModifiedBy,
    };

    private static IEnumerable<(TargetField Field, double Value)> Fields(Target target)
    {
        var edit = TargetEdit.Of(target);
        return TargetField.All.Select(field => (field, field.Of(edit))).Where(field => field.Item2 is not null).Select(field => (field.field, field.Item2!.Value));
    }

    private static ImmutableArray<TargetExtra> Extras(Target target) => target.Extras.IsDefault ? [] : target.Extras;

    private static int Count(TargetPage page) => page.SeparationsDegrees.IsDefault ? 0 : page.SeparationsDegrees.Length;

    private static string NameOf(OrbitalScheme scheme) => TargetField.Schemes.First(known => known.Scheme == scheme).Name;
}
