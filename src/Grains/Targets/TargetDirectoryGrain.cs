using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Security;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

[GrainType("target-directory"), StatelessWorker]
public sealed class TargetDirectoryGrain(
    TargetTable targets, TargetUndos undos, TargetLists lists, LateTargets late, PhotometryTable photometry, TargetNameCache names, TimeProvider time) : Grain, ITargetDirectoryGrain
{
    private const int MostPerPage = 1_000;
    private const int MostNames = 10_000;
    private const int MostTexts = 200;
    private const int MostUndos = 1_000;
    private const int Suggestions = 5;
    private const int Candidates = 10;

    private static string Caller => RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";

    private long Now => Clock.Microseconds(time);

    private long UndoableFrom => Now - (TargetViews.UndoTime.Ticks / TimeSpan.TicksPerMicrosecond);

    public Task<Target> FindAsync(string name) => TargetRefusals.TellAsync(async () =>
        await FindByNameAsync(name) ?? throw await UnknownAsync(name));

    public Task<Target> FindByTextAsync(string text) => TargetRefusals.TellAsync(async () =>
    {
        if (await FindByNameAsync(text) is { } named)
        {
            return named;
        }

        if (TargetNames.Normalise(text) is not { Length: > 0 } normalised)
        {
            throw await UnknownAsync(text);
        }

        var (total, rows) = await targets.ListAsync(new(normalised, null, LatestFirst: false, Candidates, 0));
        return total switch
        {
            0 => throw await UnknownAsync(text),
            1 => TargetViews.Of(rows[0], await photometry.LatestAsync([rows[0].Id])),
            _ => throw new TomException(
                TomFault.Ambiguous,
                $"'{OneLine.Of(text)}' is no name of a target, but a part of {total:N0}: {string.Join(", ", rows.Select(row => OneLine.Of(row.Name)))}{(total > rows.Count ? ", ..." : "")}."),
        };
    });

    public Task<ImmutableArray<TargetMatch>> ResolveAsync(ImmutableArray<string> asked) => TargetRefusals.TellAsync(async () =>
    {
        if (TargetRules.OrEmpty(asked).Length > MostNames)
        {
            throw new TomException(TomFault.Invalid, $"{asked.Length} names are asked for; at most {MostNames} a call.");
        }

        var normalised = TargetRules.OrEmpty(asked).Select(TargetNames.Normalise).ToArray();
        var found = await targets.ResolveNamesAsync(normalised.Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal));
        return asked.Select((name, i) => found.TryGetValue(normalised[i], out var target) ? new TargetMatch(name, target.Id, target.Name) : new(name, null, null)).ToImmutableArray();
    });

    public Task<TargetPage> ListAsync(TargetQuery query) => TargetRefusals.TellAsync(async () =>
    {
        var (limit, offset) = (Math.Clamp(query.Limit, 0, MostPerPage), Math.Max(query.Offset, 0));
        if (TargetRules.OrEmpty(query.AnyOfTexts).Length > MostTexts)
        {
            throw new TomException(TomFault.Invalid, $"{query.AnyOfTexts.Length} texts are asked for; at most {MostTexts} a call.");
        }

        var asked = new TargetListQuery(query.Text is { } text ? TargetNames.Normalise(text) : null, await IdsAsync(query.AnyOfNames), query.LatestFirst, limit, offset)
        {
            AnyOfTexts = [.. TargetRules.OrEmpty(query.AnyOfTexts).Select(TargetNames.Normalise).Where(part => part.Length > 0).Distinct()],
            ListId = query.List is { } list ? await ListIdAsync(list) : null,
            Type = (int?)query.Type,
            ExtraKey = query.ExtraKey,
            ExtraValue = query.ExtraValue,
        };
        if (await ConeAsync(query) is { } cone)
        {
            return await NearestAsync(cone, asked);
        }

        var (total, rows) = await targets.ListAsync(asked);
        return new TargetPage(total, await ViewsAsync(rows));
    });

    public Task<Target> AddAsync(TargetDraft draft) => TargetRefusals.TellAsync(async () =>
    {
        TargetRefusals.ThrowIfAny(TargetRules.Faults(draft), "This is no target");
        var id = await targets.AddAsync(TargetEntries.Of(draft, Caller, Now));
        return (await ViewsAsync(await targets.GetAsync([id])))[0];
    });

    public Task<TargetMerged> MergeAsync(long from, long into) => TargetRefusals.TellAsync(async () =>
    {
        if (from == into)
        {
            throw new TomException(TomFault.Invalid, "A target cannot be merged into itself.");
        }

        // Who is told that a target is gone hears where it went.
        await GrainFactory.Target(from).GetAsync();
        await GrainFactory.Target(into).GetAsync();
        var merged = await undos.MergeAsync(from, into, Caller, Now);
        await ForgetAsync(from, into);
        return new TargetMerged(await GrainFactory.Target(into).GetAsync(), TargetViews.Of(merged.Undo), merged.Moved, merged.Common);
    });

    public Task<TargetUndo> RemoveAsync(long id) => TargetRefusals.TellAsync(async () =>
    {
        await GrainFactory.Target(id).GetAsync();
        var undo = await undos.RemoveAsync(id, Caller, Now);
        await ForgetAsync(id);
        return TargetViews.Of(undo);
    });

    public Task SearchLogAsync(long id, double? radiusDegrees) => TargetRefusals.TellAsync(async () =>
    {
        var target = await GrainFactory.Target(id).GetAsync();
        if (radiusDegrees is not null && (radiusDegrees is not (> 0 and <= 1) || target.Type != TargetType.Sidereal || target.RightAscensionDegrees is null))
        {
            throw new TomException(TomFault.Invalid, "A radius is above 0 up to 1 degree, around a target with a fixed place on the sky.");
        }

        await late.AskAsync(id, radiusDegrees, Caller, Now);
        return true;
    });

    public Task<ImmutableArray<TargetUndo>> ListUndosAsync() => TargetRefusals.TellAsync(async () =>
        (await undos.ListAsync(UndoableFrom, MostUndos)).Select(TargetViews.Of).ToImmutableArray());

    public Task<TargetUndone> UndoAsync(long undo) => TargetRefusals.TellAsync(async () =>
    {
        var undone = await undos.UndoAsync(undo, Caller, Now, UndoableFrom)
            ?? throw new TomException(TomFault.NotFound, $"There is no merge or removal {undo} that can be undone: it was undone already, or is older than {TargetViews.UndoTime.Days} days.");
        await ForgetAsync(undone.Undo.IntoId is { } into ? [undone.Undo.TargetId, into] : [undone.Undo.TargetId]);
        return new TargetUndone(await GrainFactory.Target(undone.Undo.TargetId).GetAsync(), [.. undone.LostAliases]);
    });

    private static Cone Checked(Cone cone)
    {
        if (!double.IsFinite(cone.RightAscensionDegrees) || cone.DeclinationDegrees is not (>= -90 and <= 90) || cone.RadiusDegrees is not (> 0 and <= 180))
        {
            throw new TomException(TomFault.Invalid, "A cone needs a finite right ascension, a declination of -90 to 90 and a radius above 0 up to 180, all in degrees.");
        }

        return cone;
    }

    private async Task<Target?> FindByNameAsync(string name)
    {
        var normalised = TargetNames.Normalise(name);
        return normalised.Length > 0 && (await targets.ResolveAsync([normalised])).TryGetValue(normalised, out var id) && await targets.GetAsync([id]) is [var row]
            ? TargetViews.Of(row, await photometry.LatestAsync([id]))
            : null;
    }

    private async Task<long> ListIdAsync(string list) => (await lists.FindAsync(TargetEntries.NormaliseList(list)))?.Id
        ?? throw new TomException(TomFault.NotFound, $"There is no list of targets named '{OneLine.Of(list)}'.");

    /// <summary>Who has these names; null where none is asked for.</summary>
    private async Task<HashSet<long>?> IdsAsync(ImmutableArray<string> names)
    {
        if (TargetRules.OrEmpty(names).IsEmpty)
        {
            return null;
        }

        return [.. (await ResolveAsync(names)).Where(match => match.Id is not null).Select(match => match.Id!.Value)];
    }

    private async Task<Cone?> ConeAsync(TargetQuery query)
    {
        if (query.Around is { } around)
        {
            var target = await FindByNameAsync(around.Target) ?? throw await UnknownAsync(around.Target);
            return target is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec } && target.Type == TargetType.Sidereal
                ? Checked(new(ra, dec, around.RadiusDegrees))
                : throw new TomException(TomFault.Invalid, $"{OneLine.Of(target.Name)} has no fixed place on the sky: there is nothing around it.");
        }

        return query.Cone is { } cone ? Checked(cone) : null;
    }

    /// <summary>What is in the cone, nearest first.</summary>
    private async Task<TargetPage> NearestAsync(Cone cone, TargetListQuery query)
    {
        var hits = await targets.FindInConeAsync(cone.RightAscensionDegrees, cone.DeclinationDegrees, cone.RadiusDegrees);
        if (query.Ids is { } named)
        {
            hits = [.. hits.Where(hit => named.Contains(hit.Id))];
        }

        if (query is not { NormalisedText: null, AnyOfTexts.Count: 0, ListId: null, Type: null, ExtraKey: null, ExtraValue: null })
        {
            var fitting = await targets.FilterAsync(query with { Ids = [.. hits.Select(hit => hit.Id)] });
            hits = [.. hits.Where(hit => fitting.Contains(hit.Id))];
        }

        var page = hits.Skip(query.Offset).Take(query.Limit).ToArray();
        var rows = (await ViewsAsync(await targets.GetAsync([.. page.Select(hit => hit.Id)]))).ToDictionary(target => target.Id);
        var shown = page.Where(hit => rows.ContainsKey(hit.Id)).ToArray();
        return new(hits.Count, [.. shown.Select(hit => rows[hit.Id])]) { SeparationsDegrees = [.. shown.Select(hit => hit.SeparationDegrees)] };
    }

    private async Task<ImmutableArray<Target>> ViewsAsync(IReadOnlyList<TargetRow> rows)
    {
        var latest = await photometry.LatestAsync([.. rows.Select(row => row.Id)]);
        return [.. rows.Select(row => TargetViews.Of(row, latest))];
    }

    /// <summary>Names and points mean something else now. Other silos hear of the names within a second; a grain that is called by an old name says itself that it is gone.</summary>
    private async Task ForgetAsync(params long[] ids)
    {
        names.Clear();
        foreach (var id in ids)
        {
            await GrainFactory.Target(id).ForgetAsync();
        }
    }

    private async Task<TomException> UnknownAsync(string name) =>
        new(TomFault.NotFound, $"There is no target named '{OneLine.Of(name)}'.{await SuggestAsync(TargetNames.Normalise(name))}");

    private async Task<string> SuggestAsync(string normalised)
    {
        if (normalised.Length < 3)
        {
            return " List them with: tom targets";
        }

        var (_, rows) = await targets.ListAsync(new(normalised[..Math.Max(3, normalised.Length - 2)], null, LatestFirst: false, Suggestions, 0));
        return rows.Count == 0 ? " List them with: tom targets" : $" Close to it: {string.Join(", ", rows.Select(row => OneLine.Of(row.Name)))}.";
    }
}
