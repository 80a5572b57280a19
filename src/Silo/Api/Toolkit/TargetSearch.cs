using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// The filters of <c>GET api/targets/</c>: <c>name</c> (part of a name or alias), <c>name_fuzzy</c> (a whole one, compared as names are), both with commas for "any of", <c>type</c>, <c>key</c>, <c>value</c>,
/// <c>cone_search=ra,dec,radius</c> and <c>target_cone_search=name,radius</c> [deg], <c>targetlist__name</c> (a list's id, or its name). A target is listed when it fits all that are given.
/// </summary>
internal static class TargetSearch
{
    private const int MostTerms = 100;

    public static async Task<TargetPage> FindAsync(HttpRequest request, IGrainFactory grains)
    {
        var query = request.Query;
        var (offset, limit) = query.Page();
        if (query.Text("cone_search") is not null && query.Text("target_cone_search") is not null)
        {
            throw Fault("target_cone_search", "Give one of cone_search and target_cone_search.");
        }

        return await grains.TargetDirectory().ListAsync(await QueryOfAsync(query, grains) with { Offset = offset, Limit = limit });
    }

    /// <summary>The text as a whole, then what stands between its commas: names may hold commas.</summary>
    public static ImmutableArray<string> Terms(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Prepend(text.Trim()).Distinct(StringComparer.Ordinal).Take(MostTerms)];

    private static async Task<TargetQuery> QueryOfAsync(IQueryCollection query, IGrainFactory grains) => new()
    {
        AnyOfTexts = query.Text("name") is { } name ? Terms(name) : [],
        AnyOfNames = query.Text("name_fuzzy") is { } fuzzy ? Terms(fuzzy) : [],
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
