using Orleans.Concurrency;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

[GrainType("shares"), StatelessWorker]
public sealed class SharesGrain(OutboxTable outbox) : Grain, ISharesGrain
{
    private const int MostPerPage = 1_000;

    public Task<SharePage> ListAsync(ShareQuery query) => OutboxFaults.TranslateAsync(async () =>
    {
        var (total, rows) = await outbox.ListAsync(new(query.Destination, (int?)query.State, Math.Clamp(query.Limit, 0, MostPerPage), Math.Max(query.Offset, 0)));
        return new SharePage(total, [.. rows.Select(ShareViews.Of)]);
    });

    public Task<Share> GetAsync(long id) => OutboxFaults.TranslateAsync(async () =>
        await outbox.GetAsync(id) is { } row ? ShareViews.Of(row) : throw new TomException(TomFault.NotFound, $"There is no share {id}. List them with: tom shares"));
}
