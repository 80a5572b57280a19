using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Security;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Replays;

namespace TomOrleans.Grains.Alerts.Replays;

[GrainType("replays"), StatelessWorker]
public sealed class ReplaysGrain(ReplayTable replays, CursorTable cursors, ReplayPlanner planner, ReplayWork work, StreamCatalog catalog, TimeProvider time)
    : Grain, IReplaysGrain
{
    private const int MostPerPage = 1_000;

    public async Task<Replay> StartAsync(ReplayRequest request)
    {
        Check(request);
        var (topic, plan) = await planner.PlanAsync(request);
        var options = ShadowOptions.ToJson(request.Options);
        if (request.Shadow)
        {
            var definition = ShadowOptions.Apply(catalog.Find(topic)!.Handlers.Single(handler => handler.Id == request.Handler), options);
            if (work.ShadowRefusal(definition) is { } refusal)
            {
                throw new TomException(TomFault.Invalid, refusal);
            }
        }

        var by = RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";
        return await GetAsync(await replays.AddAsync(new(topic.Stream, topic.Topic, request.Handler, request.Shadow, options, plan.ToJson(), by, Clock.Microseconds(time))));
    }

    public async Task<ImmutableArray<Replay>> ListAsync(int limit)
    {
        var rows = await replays.ListAsync(Math.Clamp(limit, 0, MostPerPage));
        var all = (await cursors.ReadAllAsync()).Where(row => ReplayNames.IsReplay(row.Key.Handler)).ToLookup(row => row.Key.Handler);
        return [.. rows.Select(row => Of(row, all[ReplayNames.Of(row.Replay.Handler, row.Id)]))];
    }

    public async Task<Replay> GetAsync(long id)
    {
        var row = await replays.GetAsync(id) ?? throw new TomException(TomFault.NotFound, $"There is no replay {id}; tom replay list shows those there are.");
        var books = ReplayNames.Of(row.Replay.Handler, id);
        return Of(row, (await cursors.ReadAsync(row.Replay.Stream, row.Replay.Topic)).Where(cursor => cursor.Key.Handler == books));
    }

    public async Task<Replay> CancelAsync(long id)
    {
        await replays.CancelAsync(id, Clock.Microseconds(time));
        return await GetAsync(id);
    }

    private static void Check(ReplayRequest request)
    {
        if (request.From.To == SeekTo.Latest)
        {
            throw new TomException(TomFault.Invalid, "A replay begins at earliest, a time or an offset.");
        }

        if (request.To is { To: not (SeekTo.Time or SeekTo.Offset) })
        {
            throw new TomException(TomFault.Invalid, "A replay ends at a time or an offset, or where nothing more is.");
        }

        if (!request.Shadow && !request.Options.IsEmpty)
        {
            throw new TomException(TomFault.Invalid, "Options are tried in a shadow replay only; for good they are set in the configuration.");
        }
    }

    private static Replay Of(ReplayRow row, IEnumerable<CursorRow> books)
    {
        var plan = ReplayPlan.Parse(row.Replay.Plan);
        var parts = plan.Parts.ToDictionary(part => part.Partition);
        var here = books.ToList();
        var report = row.Replay.IsShadow ? row.Report is { } json ? JsonSerializer.Deserialize<ShadowReport>(json) : new() : null;
        return new()
        {
            Id = row.Id,
            Topic = new(row.Replay.Stream, row.Replay.Topic),
            Handler = row.Replay.Handler,
            Shadow = row.Replay.IsShadow,
            Source = plan.Source,
            State = StateOf(row),
            Total = plan.Total,
            Passed = report is null
                ? here.Sum(cursor => Math.Max(0, Math.Min(cursor.NextOffset, parts[cursor.Key.Partition].End) - parts[cursor.Key.Partition].Start))
                : row.State == ReplayState.Done ? plan.Total : report.Messages,
            Books = new()
            {
                Consumed = here.Sum(cursor => cursor.Consumed),
                Handled = here.Sum(cursor => cursor.Handled),
                Ignored = here.Sum(cursor => cursor.Ignored),
                Parked = here.Sum(cursor => cursor.Parked),
                Dropped = here.Sum(cursor => cursor.Dropped),
                InFlight = 0,
                Behind = 0,
                Lost = here.Sum(cursor => cursor.Lost),
            },
            CreatedBy = row.Replay.CreatedBy,
            CreatedMicroseconds = row.Replay.CreatedMicroseconds,
            EndedMicroseconds = row.EndedMicroseconds,
            Report = report,
            Targets = plan.Targets?.Names ?? [],
        };
    }

    private static string StateOf(ReplayRow row) => row.State switch
    {
        ReplayState.Done => "done",
        ReplayState.Cancelled => "cancelled",
        ReplayState.Failed => $"failed: {row.Note}",
        _ when row.Note is { } note => $"waiting: {note}",
        _ => row.Owner is null ? "queued" : "running",
    };
}
