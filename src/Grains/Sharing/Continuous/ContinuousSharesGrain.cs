using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Grains.Security;
using TomOrleans.Grains.Targets;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Continuous;

[GrainType("continuous-shares"), StatelessWorker]
public sealed partial class ContinuousSharesGrain(
    DestinationCatalog catalog, ContinuousTable table, ContinuousService service, TimeProvider time, ILogger<ContinuousSharesGrain> log) : Grain, IContinuousSharesGrain
{
    public Task<ContinuousShare> AddAsync(ContinuousShareRequest request) => OutboxFaults.TranslateAsync(async () =>
    {
        var destination = catalog.Get(request.Destination);
        var options = destination.Options;
        ShareDefaults.CheckTopic(options, request.Topic);
        if ((request.Target.Length == 0) == string.IsNullOrEmpty(request.List))
        {
            throw new TomException(TomFault.Invalid, "A continuous share is of one target or of one list.");
        }

        var target = request.List is null ? await GrainFactory.TargetDirectory().FindAsync(request.Target) : null;
        var list = request.List is { } asked ? await FindListAsync(asked) : null;
        var name = target?.Name ?? $"the list {list!.Name}";
        var envelope = ShareDefaults.Resolve(new() { Target = name, Topic = request.Topic }, name, options, catalog.TomName);
        if (target is not null && destination.Refuse(ShareDefaults.Content(envelope, [target], [])) is { } refusal)
        {
            throw new TomException(TomFault.Invalid, $"{name} cannot be shared to {options.Name}: {refusal}.");
        }

        var caller = RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";
        var order = new NewContinuous(target?.Id ?? 0, options.Name, request.Topic, caller, Clock.Microseconds(time)) { ListId = list?.Id ?? 0 };
        var added = await table.AddAsync(order, request.Existing);
        if (!added.IsNew)
        {
            throw new TomException(
                TomFault.Conflict,
                $"{name} is shared to {ShareDefaults.Place(options.Name, request.Topic)} continuously already: order {added.Row.Id} of {added.Row.CreatedBy}. "
                + "What it had before can be shared with: tom share");
        }

        LogAdded(added.Row.Id, caller, name, options.Name, request.Topic, added.Existing);
        service.LookNow();
        return View(added.Row);
    });

    public Task<ImmutableArray<ContinuousShare>> ListAsync(ContinuousShareQuery query) => OutboxFaults.TranslateAsync(async () =>
    {
        var target = query.Target is { } name ? await GrainFactory.TargetDirectory().FindAsync(name) : null;
        return (await table.ListAsync(query.Destination, target?.Id)).Select(View).ToImmutableArray();
    });

    public Task<ContinuousShare> RemoveAsync(long id) => OutboxFaults.TranslateAsync(async () =>
    {
        var caller = RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";
        var removed = await table.RemoveAsync(id, new(caller, Clock.Microseconds(time))) ?? throw new TomException(TomFault.NotFound, $"There is no continuous share {id}. List them with: tom continuous list");
        LogRemoved(id, caller, removed.Waiting);
        return View(removed);
    });

    private async Task<TargetList> FindListAsync(string name)
    {
        var all = await GrainFactory.TargetLists().ListAsync();
        return all.FirstOrDefault(list => TargetEntries.NormaliseList(list.Name) == TargetEntries.NormaliseList(name))
            ?? throw new TomException(TomFault.NotFound, $"There is no list '{OneLine.Of(name)}'. {(all.IsEmpty ? "There are none yet." : $"There are: {string.Join(", ", all.Take(10).Select(list => list.Name))}.")}");
    }

    private static ContinuousShare View(ContinuousRow row) => new()
    {
        Id = row.Id,
        Target = row.ListId > 0 ? "" : row.Name ?? $"target {row.TargetId}, which is gone",
        List = row.ListId > 0 ? row.Name ?? "a list that is gone" : null,
        Destination = row.Destination,
        Topic = row.Topic,
        CreatedBy = row.CreatedBy,
        CreatedMicroseconds = row.CreatedMicroseconds,
        Shared = row.Shared,
        LeftOut = row.LeftOut,
        Waiting = row.Waiting,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Continuous share {Order} of {Caller}: {Target} to {Destination} {Topic}, with {Points} points it had")]
    private partial void LogAdded(long order, string caller, string target, string destination, string? topic, int points);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Caller} ended continuous share {Order}; {Points} points that waited are not shared")]
    private partial void LogRemoved(long order, string caller, long points);
}
