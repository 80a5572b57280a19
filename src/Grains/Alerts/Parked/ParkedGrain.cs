using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts.Parked;

/// <summary>Reentrant, so that nobody's look at the list waits for somebody's retry: it holds no state that could suffer.</summary>
[GrainType("parked"), StatelessWorker, Reentrant]
public sealed class ParkedGrain(ParkedTable parked, ParkedFates fates, ParkedRetry retry, TimeProvider time) : Grain, IParkedGrain
{
    private const int MostPerPage = 1_000;
    private const int MostPerCall = 100;

    public async Task<ParkedPage> ListAsync(ParkedQuery query)
    {
        var (total, rows) = await parked.ListAsync(Filter(query.Topic, query.Handler, Math.Clamp(query.Limit, 0, MostPerPage), Math.Max(query.Offset, 0)));
        return new(total, [.. rows.Select(ParkedMessages.ToContract)]);
    }

    public async Task<ParkedDetail> GetAsync(long id) => await parked.GetAsync(id) is { } row
        ? ParkedMessages.ToDetail(row)
        : throw new TomException(TomFault.NotFound, Unknown(id));

    public async Task<ParkedRetried> RetryAsync(ParkedSelection selection)
    {
        var chosen = await ChooseAsync(selection);
        var result = await retry.RunAsync(chosen.Waiting);
        return result with { NotTried = [.. chosen.Refused, .. result.NotTried], Next = chosen.Next };
    }

    public async Task<ParkedDropped> DropAsync(ParkedSelection selection)
    {
        var chosen = await ChooseAsync(selection);
        var dropped = (await fates.DropAsync([.. chosen.Waiting.Select(head => head.Id)], Clock.Microseconds(time))).ToHashSet();
        return new()
        {
            Dropped = dropped.Count,
            NotDropped =
            [
                .. chosen.Refused,
                .. chosen.Waiting.Where(head => !dropped.Contains(head.Id)).Select(head => new ParkedReason(head.Id, ParkedRetry.Taken)),
            ],
            Next = chosen.Next,
        };
    }

    private async Task<Choice> ChooseAsync(ParkedSelection selection)
    {
        if (selection.All == !selection.Ids.IsDefaultOrEmpty)
        {
            throw new TomException(TomFault.Invalid, "Say which parked messages: their ids, or all.");
        }

        if (selection.All)
        {
            var found = await parked.HeadsAsync(Filter(selection.Topic, selection.Handler, MostPerCall + 1, 0), selection.After);
            return found.Count > MostPerCall ? new([.. found.Take(MostPerCall)], [], found[MostPerCall - 1].Id) : new(found, [], null);
        }

        var ids = selection.Ids.Where(id => id > selection.After).Distinct().Order().ToArray();
        var now = ids.Length > MostPerCall ? ids[..MostPerCall] : ids;
        var heads = (await parked.HeadsAsync(now)).ToDictionary(head => head.Id);
        return new(
            [.. heads.Values.Where(Waits)],
            [.. now.Where(id => !heads.TryGetValue(id, out var head) || !Waits(head))
                .Select(id => new ParkedReason(id, heads.TryGetValue(id, out var head) ? $"it was {ParkedMessages.StateOf(head.State)} before" : Unknown(id)))],
            ids.Length > MostPerCall ? now[^1] : null);
    }

    private static bool Waits(ParkedHead head) => head.State is ParkedState.Parked or ParkedState.Retrying;

    private static string Unknown(long id) => $"there is no parked message {id}; tom parked lists them";

    private static ParkedListQuery Filter(string? name, string? handler, int limit, int offset)
    {
        var (stream, topic) = TopicChoice.Of(name);
        return new(stream, topic, handler, limit, offset);
    }

    private sealed record Choice(IReadOnlyList<ParkedHead> Waiting, IReadOnlyList<ParkedReason> Refused, long? Next);
}
