using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Security;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

[GrainType("target-lists"), StatelessWorker]
public sealed class TargetListsGrain(TargetLists lists, TimeProvider time) : Grain, ITargetListsGrain
{
    private static string Caller => RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";

    public Task<ImmutableArray<TargetList>> ListAsync() =>
        TargetRefusals.TellAsync(async () => (await lists.ReadAsync()).Select(TargetViews.Of).ToImmutableArray());

    public Task<TargetList> AddAsync(string list, ImmutableArray<long> targets) => TargetRefusals.TellAsync(async () =>
    {
        Check(list);
        await lists.AddAsync(TargetEntries.List(list), TargetRules.OrEmpty(targets), Caller, Clock.Microseconds(time));
        return await GetAsync(list);
    });

    public Task<TargetList> TakeOutAsync(string list, ImmutableArray<long> targets) => TargetRefusals.TellAsync(async () =>
    {
        await lists.TakeOutAsync(TargetEntries.NormaliseList(list), TargetRules.OrEmpty(targets));
        return await GetAsync(list);
    });

    public Task<TargetList> RenameAsync(string list, string name) => TargetRefusals.TellAsync(async () =>
    {
        Check(name);
        return await lists.RenameAsync(TargetEntries.NormaliseList(list), TargetEntries.List(name)) ? await GetAsync(name) : throw await UnknownAsync(list);
    });

    public Task<TargetList> RemoveAsync(string list) => TargetRefusals.TellAsync(async () =>
    {
        var removed = await GetAsync(list);
        return await lists.RemoveAsync(TargetEntries.NormaliseList(list)) ? removed : throw await UnknownAsync(list);
    });

    private static void Check(string name)
    {
        var faults = new List<string>();
        TargetRules.CheckListName(faults, name);
        TargetRefusals.ThrowIfAny(faults, "This is no list");
    }

    private async Task<TargetList> GetAsync(string list) =>
        await lists.FindAsync(TargetEntries.NormaliseList(list)) is { } row ? TargetViews.Of(row) : throw await UnknownAsync(list);

    private async Task<TomException> UnknownAsync(string list)
    {
        var names = (await lists.ReadAsync()).Take(10).Select(row => row.Name).ToArray();
        return new(TomFault.NotFound, $"There is no list named '{OneLine.Of(list)}'. {(names.Length == 0 ? "There are none yet." : $"There are: {OneLine.Of(string.Join(", ", names))}.")}");
    }
}
