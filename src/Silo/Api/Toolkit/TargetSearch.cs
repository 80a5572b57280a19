using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// The filters of <c>GET api/targets/</c>: <c>name</c> (part of a name or alias), <c>name_fuzzy</c> (a whole one, compared as names are), both with commas for "any of", <c>type</c>, <c>key</c>, <c>value</c>,
/// <c>cone_search=ra,dec,radius</c> and <c>target_cone_search=name,radius</c> [deg], <c>targetlist__name</c> (a list's id, or its name).
/// </summary>
internal static class TargetSearch
{
    private const int MostTerms = 100;

    public static async Task<TargetPage> FindAsync(HttpRequest request, IGrainFactory grains)
    {
        var query = request.Query;
        var (offset, limit) = query.Page();
        var asked = await QueryOfAsync(query, grains) with { Offset = offset, Limit = limit };
        if (query.Text("name_fuzzy") is { } fuzzy)
        {
            var matches = await grains.TargetDirectory().ResolveAsync(Terms(fuzzy));
            return await PickAsync(grains, matches.Where(match => match.Id is not null).Select(match => match.Id!.Value), asked);
        }

        if (query.Text("name") is { } name && Terms(name) is { Length: > 1 } names)
        {
            // One query each: few people ask for more than a handful.
            var found = new List<long>();
            foreach (var text in names)
            {
                var page = await grains.TargetDirectory().ListAsync(asked with { Text = text, Offset = 0, Limit = ToolkitRequests.LargestPage });
                found.AddRange(page.Targets.Select(target => target.Id));
            }

            return await PickAsync(grains, found, asked);
        }

        return await grains.TargetDirectory().ListAsync(asked with { Text = query.Text("name") });
    }

    /// <summary>The text as a whole, then what stands between its commas: names may hold commas.</summary>
    public static ImmutableArray<string> Terms(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Prepend(text.Trim()).Distinct(StringComparer.Ordinal).Take(MostTerms)];

    private static async Task<TargetPage> PickAsync(IGrainFactory grains, IEnumerable<long> ids, TargetQuery asked)
    {
        var all = new List<Target>();
        foreach (var id in ids.Distinct())
        {
            try
            {
                all.Add(await grains.Target(id).GetAsync());
            }
            catch (TomException gone) when (gone.Fault is TomFault.Gone or TomFault.NotFound)
            {
                // Removed since its name was looked up.
            }
        }

        var kept = all.Where(target => Fits(target, asked)).ToArray();
        return new(kept.Length, [.. kept.Skip(asked.Offset).Take(asked.Limit)]);
    }

    private static bool Fits(Target target, TargetQuery asked) =>
        (asked.Type is null || target.Type == asked.Type)
        && (asked.List is null || target.Lists.Any(list => list.Name.Equals(asked.List.Trim(), StringComparison.OrdinalIgnoreCase)))
        && ((asked.ExtraKey is null && asked.ExtraValue is null)
            || target.Extras.Any(extra => (asked.ExtraKey is null || extra.Key == asked.ExtraKey) && (asked.ExtraValue is null || extra.Value == asked.ExtraValue)));

    private static async Task<TargetQuery> QueryOfAsync(IQueryCollection query, IGrainFactory grains) => new()
    {
        Type = query.Text("type") switch
        {
            null => null,
            ToolkitTarget.Sidereal => TargetType.Sidereal,
            ToolkitTarget.NonSidereal => TargetType.NonSidereal,
            _ => throw Fault("type", "Select a valid choice: SIDEREAL or NON_SIDEREAL."),
        },
        ExtraKey = query.Text("key"),
        ExtraValue = query.Text("value"),
        List = await ListAsync(query.Text("targetlist__name"), grains),
        Cone = query.Text("cone_search") is { } cone ? Cone(cone) : null,
        Around = query.Text("target_cone_search") is { } around ? Around(around) : null,
    };

    private static async Task<string?> ListAsync(string? given, IGrainFactory grains)
    {
        if (given is null || !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return given;
        }

        var lists = await grains.TargetLists().ListAsync();
        return lists.FirstOrDefault(list => list.Id == id)?.Name ?? throw Fault("targetlist__name", "Select a valid choice. That choice is not one of the available choices.");
    }

    private static Cone Cone(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 3 && Number(parts[0]) is { } ra && Number(parts[1]) is { } dec && Number(parts[2]) is { } radius
            ? new(((ra % 360) + 360) % 360, dec, radius)
            : throw Fault("cone_search", "Enter RA,DEC,RADIUS: three numbers in degrees.");
    }

    private static TargetVicinity Around(string text)
    {
        var comma = text.LastIndexOf(',');
        return comma > 0 && Number(text[(comma + 1)..]) is { } radius ? new(text[..comma].Trim(), radius) : throw Fault("target_cone_search", "Enter NAME,RADIUS: a target and a radius in degrees.");
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static ToolkitRefusal Fault(string field, string fault) => new(StatusCodes.Status400BadRequest, new() { [field] = new JsonArray(fault) });
}
