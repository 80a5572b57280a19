using System.Text;
using TomOrleans.Grains.Sharing;
using TomOrleans.Sharing;
using TomOrleans.Storage.Products;
using TomOrleans.Testing.PostgreSql;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Grains.Tests.Sharing.Tom;

public sealed class SqliteFileSharingTests() : FileSharingTests(null);

public sealed class PostgreSqlFileSharingTests(PostgreSqlServer server) : FileSharingTests(server);

/// <summary>Files of a target on their way to another TOM.</summary>
public abstract class FileSharingTests(PostgreSqlServer? server) : IAsyncLifetime
{
    private StandInToolkit _toolkit = null!;
    private SharingCluster _cluster = null!;

    private ISharingGrain Sharing => _cluster.Grains.Sharing("not-my-tom");

    public async ValueTask InitializeAsync()
    {
        _toolkit = await StandInToolkit.StartAsync();
        _cluster = await SharingCluster.StartAsync(server, null, new DestinationOptions
        {
            Name = "not-my-tom",
            Kind = DestinationOptions.TomKind,
            BaseUrl = _toolkit.Url,
            UserName = StandInToolkit.UserName,
            Password = StandInToolkit.Password,
            Retry = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _toolkit.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Files_arrive_as_they_are_each_once_even_when_an_upload_was_cut_off()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc", A.Point);
        var (own, named) = (await AddAsync(target, null, "time,magnitude\n1,2\n"), await AddAsync(target, "LCO 77", "x"));
        _toolkit.Faults.Enqueue(ToolkitFault.StoreAndCut);

        var preview = await Sharing.PreviewAsync(Request(own, named));
        var queued = await Sharing.ShareAsync(Request(own, named));
        for (var delivered = 0; delivered < 2;)
        {
            var state = await _cluster.Outcomes.NextAsync("both parts delivered");
            Assert.Contains(state, (ShareState[])[ShareState.Queued, ShareState.Sending, ShareState.Delivered]);
            delivered += state == ShareState.Delivered ? 1 : 0;
        }

        Assert.Equal((0, 2, 0, 2), (preview.Points, preview.Files, queued.Points, queued.Files));
        var there = Assert.Single(_toolkit.Targets).Id;
        Assert.Equal(
            [new(there, $"A TOM: {own}", "photometry", "curve.csv", "text/csv", "time,magnitude\n1,2\n"), new ToolkitFile(there, "LCO 77", "photometry", "curve.csv", "text/csv", "x")],
            _toolkit.Files.OrderBy(file => file.ProductId, StringComparer.Ordinal));
        var share = await _cluster.Grains.Shares().GetAsync(queued.Id);
        Assert.Equal($"target {there}: curve.csv was there", share.Receipts[0]);
        Assert.Empty(_toolkit.DataOf(there));
    }

    [Fact]
    public async Task File_that_the_other_TOM_cannot_read_is_refused_with_its_words()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc");
        var queued = await Sharing.ShareAsync(Request(await AddAsync(target, null, "unreadable")));

        Assert.Equal(ShareState.Rejected, await _cluster.Outcomes.NextEndAsync("rejected"));

        Assert.Contains("Data processing error: No columns", (await _cluster.Grains.Shares().GetAsync(queued.Id)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_of_another_target_or_an_unknown_one_is_refused_at_once()
    {
        await _cluster.AddTargetAsync("AT2026abc");
        var other = await AddAsync(await _cluster.AddTargetAsync("SN2026x"), null, "x");

        var refusal = await Assert.ThrowsAsync<TomException>(() => Sharing.ShareAsync(Request(other)));

        Assert.Equal(TomFault.NotFound, refusal.Fault);
        Assert.Contains($"AT2026abc has no data product {other}", refusal.Message, StringComparison.Ordinal);
    }

    private static ShareRequest Request(params long[] files) => new() { Target = "AT2026abc", Products = [.. files] };

    private async Task<long> AddAsync(long target, string? productId, string text) =>
        (await _cluster.Get<ProductTable>().InsertAsync(new(0, target, productId, "photometry", "curve.csv", "", text.Length, 1, "test"), Encoding.UTF8.GetBytes(text)))!.Value;
}
