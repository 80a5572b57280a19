using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Grains.Alerts;

[GrainType("parked"), StatelessWorker]
public sealed class ParkedGrain(ParkedTable parked) : Grain, IParkedGrain
{
    private const int MostPerPage = 1_000;

    public async Task<ParkedPage> ListAsync(ParkedQuery query)
    {
        var (stream, topic) = query.Topic?.Split('/') switch
        {
            null => (null, null),
            [var name] => (null, name),
            [var id, .. var rest] => ((string?)id, (string?)string.Join('/', rest)),
            _ => (null, null),
        };
        var (total, rows) = await parked.ListAsync(new(stream, topic, query.Handler, Math.Clamp(query.Limit, 0, MostPerPage), Math.Max(query.Offset, 0)));
        return new(total, [.. rows.Select(ParkedMessages.ToContract)]);
    }
}
