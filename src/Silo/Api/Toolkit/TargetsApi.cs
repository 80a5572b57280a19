using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Security;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// <c>api/targets/</c> and its parts <c>api/targetname|targetextra|targetlist/ID/</c>, in the Toolkit's shapes. Better than there: ids of the sender's aliases and fields are not looked at in a new target,
/// names are compared as names are whoever sends them, zero is a value, and commas in <c>name_fuzzy</c> mean "any of".
/// </summary>
internal static class TargetsApi
{
    /// <summary>Tells a TomOrleans on the other side that it may post many data at once to <c>api/reduceddatums/batch/</c>.</summary>
    public const string BatchHeader = "TomOrleans-Batch";

    public static void MapTargets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/targets", ListAsync);
        api.MapGet("/targets/{id:long}", GetAsync);
        api.MapPost("/targets", AddAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapPut("/targets/{id:long}", ChangeAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapPatch("/targets/{id:long}", ChangeAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapDelete("/targets/{id:long}", RemoveAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapGet("/targetname/{id:long}", GetNameAsync);
        api.MapDelete("/targetname/{id:long}", RemoveNameAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapGet("/targetextra/{id:long}", GetExtraAsync);
        api.MapDelete("/targetextra/{id:long}", RemoveExtraAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapGet("/targetlist/{id:long}", GetListAsync);
        api.MapDelete("/targetlist/{id:long}", RemoveListAsync).RequireAuthorization(nameof(TomRole.Contributor));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IGrainFactory grains)
    {
        request.HttpContext.Response.Headers[BatchHeader] = "1";
        var page = await TargetSearch.FindAsync(request, grains);
        return TypedResults.Json(ToolkitRequests.Page(request, page.Total, page.Targets.Select(ToolkitTarget.ToJson)));
    }

    private static async Task<IResult> GetAsync(long id, IGrainFactory grains) => TypedResults.Json(ToolkitTarget.ToJson(await FindAsync(id, grains)));

    private static async Task<IResult> AddAsync(HttpRequest request, IGrainFactory grains)
    {
        var body = await request.ReadObjectAsync();
        var faults = new ToolkitFaults();
        var draft = ToolkitTargetBody.ReadNew(body, faults) ?? throw ToolkitRefusal.Of(faults);
        if (await TakenAsync(draft.Name, draft.Aliases, grains) is { } taken)
        {
            throw ToolkitRefusal.Of(taken);
        }

        return TypedResults.Json(With(await grains.TargetDirectory().AddAsync(draft), "Target successfully uploaded."), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Fields that are absent stay, for PUT too: what a body of today does not know of is not undone by it.</summary>
    private static async Task<IResult> ChangeAsync(long id, HttpRequest request, IGrainFactory grains)
    {
        var body = await request.ReadObjectAsync();
        var target = await FindAsync(id, grains);
        var faults = new ToolkitFaults();
        var edit = ToolkitTargetBody.ReadChange(body, target, faults);
        var lists = ToolkitTargetBody.Names(body, "target_lists", faults);
        var (added, renamed) = Aliases(body, target, faults);
        if (faults.Any)
        {
            throw ToolkitRefusal.Of(faults);
        }

        var changed = await grains.Target(id).AmendAsync(new()
        {
            Edit = body.Any(field => field.Key is not ("id" or "target_lists" or "aliases" or "groups")) ? edit : null,
            RenamedAliases = renamed,
            AddedAliases = added,
            Lists = lists,
        });
        return TypedResults.Json(With(changed, "Target successfully updated."));
    }

    private static async Task<IResult> RemoveAsync(long id, IGrainFactory grains)
    {
        await FindAsync(id, grains);
        await grains.TargetDirectory().RemoveAsync(id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> GetNameAsync(long id, IGrainFactory grains)
    {
        var (_, alias) = await FindAliasAsync(id, grains);
        return TypedResults.Json(new JsonObject { ["id"] = id, ["name"] = alias });
    }

    private static async Task<IResult> RemoveNameAsync(long id, IGrainFactory grains)
    {
        var (target, alias) = await FindAliasAsync(id, grains);
        await grains.Target(target.Id).RemoveAliasesAsync([alias]);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> GetExtraAsync(long id, IGrainFactory grains)
    {
        var (_, extra) = await FindExtraAsync(id, grains);
        return TypedResults.Json(new JsonObject { ["id"] = id, ["key"] = extra.Key, ["value"] = extra.Value });
    }

    private static async Task<IResult> RemoveExtraAsync(long id, IGrainFactory grains)
    {
        var (target, extra) = await FindExtraAsync(id, grains);
        await grains.Target(target.Id).EditAsync(TargetEdit.Of(target) with { Extras = target.Extras.Remove(extra) });
        return TypedResults.NoContent();
    }

    private static async Task<IResult> GetListAsync(long id, IGrainFactory grains)
    {
        var list = await FindListAsync(id, grains);
        return TypedResults.Json(new JsonObject { ["id"] = list.Id, ["name"] = list.Name });
    }

    private static async Task<IResult> RemoveListAsync(long id, IGrainFactory grains)
    {
        await grains.TargetLists().RemoveAsync((await FindListAsync(id, grains)).Name);
        return TypedResults.NoContent();
    }

    public static async Task<Target> FindAsync(long id, IGrainFactory grains)
    {
        try
        {
            return id > 0 ? await grains.Target(id).GetAsync() : throw ToolkitRefusal.NotFound("Target");
        }
        catch (TomException refusal) when (refusal.Fault is TomFault.NotFound or TomFault.Gone)
        {
            throw ToolkitRefusal.NotFound("Target");
        }
    }

    private static async Task<(Target Target, string Alias)> FindAliasAsync(long id, IGrainFactory grains)
    {
        var target = await FindAsync(ToolkitIds.Split(id).Target, grains);
        return (target, ToolkitIds.Alias(target, id) ?? throw ToolkitRefusal.NotFound("TargetName"));
    }

    private static async Task<(Target Target, TargetExtra Extra)> FindExtraAsync(long id, IGrainFactory grains)
    {
        var target = await FindAsync(ToolkitIds.Split(id).Target, grains);
        return (target, ToolkitIds.Extra(target, id) ?? throw ToolkitRefusal.NotFound("TargetExtra"));
    }

    private static async Task<TargetList> FindListAsync(long id, IGrainFactory grains) =>
        (await grains.TargetLists().ListAsync()).FirstOrDefault(list => list.Id == id) ?? throw ToolkitRefusal.NotFound("TargetList");

    /// <summary>The Toolkit's words for names that others have; null where all are free.</summary>
    private static async Task<ToolkitFaults?> TakenAsync(string name, ImmutableArray<string> aliases, IGrainFactory grains)
    {
        var matches = await grains.TargetDirectory().ResolveAsync([name, .. aliases]);
        var faults = new ToolkitFaults();
        if (matches[0].Id is not null)
        {
            faults.Add("name", "target with this Name already exists.");
        }

        if (matches.Skip(1).Any(match => match.Id is not null))
        {
            faults.Set("aliases", new JsonArray([.. matches.Skip(1).Select(match =>
                (JsonNode)(match.Id is null ? [] : new JsonObject { ["name"] = new JsonArray("target name with this Alias already exists.") }))]));
        }

        return faults.Any ? faults : null;
    }

    /// <summary>An alias with an id of this target is renamed, others are added.</summary>
    private static (ImmutableArray<string> Added, ImmutableArray<RenamedAlias> Renamed) Aliases(JsonObject body, Target target, ToolkitFaults faults)
    {
        var (added, renamed) = (ImmutableArray.CreateBuilder<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        if (body["aliases"] is not JsonArray list)
        {
            return ([], []);
        }

        foreach (var item in list)
        {
            if (item is not JsonObject alias || alias["name"]?.ToString().Trim() is not { Length: > 0 } name)
            {
                faults.Add("aliases", "Each alias needs a name.");
                continue;
            }

            var before = alias["id"] is JsonValue id && id.TryGetValue<long>(out var number) ? ToolkitIds.Alias(target, number) : null;
            if (before is null)
            {
                added.Add(name);
            }
            else if (before != name)
            {
                renamed[before] = name;
            }
        }

        return (added.ToImmutable(), [.. renamed.Select(alias => new RenamedAlias(alias.Key, alias.Value))]);
    }

    private static JsonObject With(Target target, string message)
    {
        var json = ToolkitTarget.ToJson(target);
        json["message"] = message;
        return json;
    }
}
