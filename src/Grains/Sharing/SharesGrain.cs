using System.Text;
using Orleans.Concurrency;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

[GrainType("shares"), StatelessWorker]
public sealed class SharesGrain(OutboxTable outbox, DestinationCatalog catalog) : Grain, ISharesGrain
{
    private const int MostPerPage = 1_000;

    public Task<SharePage> ListAsync(ShareQuery query) => OutboxFaults.TranslateAsync(async () =>
    {
        var (total, rows) = await outbox.ListAsync(new(query.Destination, (int?)query.State, Math.Clamp(query.Limit, 0, MostPerPage), Math.Max(query.Offset, 0)));
        return new SharePage(total, [.. rows.Select(ShareViews.Of)]);
    });

    public Task<Share> GetAsync(long id) => OutboxFaults.TranslateAsync(async () => ShareViews.Of(await FindAsync(id)));

    public Task<ShareDetail> GetDetailAsync(long id) => OutboxFaults.TranslateAsync(async () => ShareViews.Detail(await FindAsync(id), await outbox.AttemptsAsync(id)));

    public Task<string> GetBodyAsync(long id, int part) => OutboxFaults.TranslateAsync(async () =>
    {
        var share = await FindAsync(id);
        var submission = share.Submissions.FirstOrDefault(submission => submission.Part == part) ?? throw new TomException(
            TomFault.NotFound,
            share.Submissions.Count == 0 ? $"Share {id} is not built yet: what is sent is made when its turn comes." : $"Share {id} has {share.Submissions.Count} parts, from 1.");
        var body = (await outbox.FindByKeyAsync(submission.Key))!.Body;
        return catalog.Find(share.Destination)?.Describe(body) ?? Encoding.UTF8.GetString(body);
    });

    private async Task<ShareRow> FindAsync(long id) => await outbox.GetAsync(id) ?? throw new TomException(TomFault.NotFound, $"There is no share {id}. List them with: tom shares");
}
