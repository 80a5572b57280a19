using TomOrleans.Grains.Sharing;
using TomOrleans.Sharing;
using TomOrleans.Testing.PostgreSql;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Grains.Tests.Sharing.Tom;

public sealed class SqliteTargetSharingTests() : TargetSharingTests(null);

public sealed class PostgreSqlTargetSharingTests(PostgreSqlServer server) : TargetSharingTests(server);

/// <summary>Targets themselves on their way to another TOM, with data or without.</summary>
public abstract class TargetSharingTests(PostgreSqlServer? server) : IAsyncLifetime
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
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _toolkit.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Target_without_data_is_made_there_and_comes_on_the_lists_that_are_shared()
    {
        var targets = new[] { await _cluster.AddTargetAsync("AT2026abc"), await _cluster.AddTargetAsync("SN2026x", A.Point) };
        await _cluster.Grains.TargetLists().AddAsync("Bright ones", [.. targets]);
        await _cluster.Grains.TargetLists().AddAsync("Others", [.. targets]);

        var share = await DeliverAsync(new() { Target = "AT2026abc", MoreTargets = ["SN2026x"], Lists = ["bright ONES"] }, parts: 2);

        Assert.Equal((1, 2), (share.Points, share.Parts));
        Assert.Equal(["AT2026abc", "SN2026x"], _toolkit.Targets.Select(target => target.Name).Order(StringComparer.Ordinal));
        Assert.All(_toolkit.Targets, target => Assert.Equal(["Bright ones", "Imported From A TOM"], target.Lists.Order(StringComparer.Ordinal)));
        Assert.Contains(share.Receipts, receipt => receipt.EndsWith("made, no data to send", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Target_whose_data_are_all_there_comes_on_a_further_list()
    {
        var target = await _cluster.AddTargetAsync("AT2026abc", A.Point);
        await DeliverAsync(new() { Target = "AT2026abc" }, parts: 1);
        await _cluster.Grains.TargetLists().AddAsync("Bright ones", [target]);

        var share = await DeliverAsync(new() { Target = "AT2026abc", Lists = ["Bright ones"] }, parts: 1);

        Assert.Equal(["Bright ones", "Imported From A TOM"], Assert.Single(_toolkit.Targets).Lists.Order(StringComparer.Ordinal));
        Assert.Equal($"target {_toolkit.Targets[0].Id} was there, no data to send", Assert.Single(share.Receipts));
    }

    [Fact]
    public async Task Selection_that_takes_nothing_is_refused()
    {
        await _cluster.AddTargetAsync("AT2026abc", A.Point);

        var refusal = await Assert.ThrowsAsync<TomException>(() => Sharing.ShareAsync(new() { Target = "AT2026abc", Bands = ["r"] }));

        Assert.Contains("has no photometry or spectra in r to share", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_and_what_was_sent_are_the_requests()
    {
        await _cluster.AddTargetAsync("AT2026abc", A.Point);

        var preview = Assert.Single((await Sharing.PreviewAsync(new() { Target = "AT2026abc" })).Bodies);
        var share = await DeliverAsync(new() { Target = "AT2026abc" }, parts: 1);

        Assert.Equal(preview, await _cluster.Grains.Shares().GetBodyAsync(share.Id, 0));
        Assert.Equal(
            ["GET api/targets/?name_fuzzy=AT2026abc", "POST api/targets/", "PATCH api/targets/ID/", "GET api/reduceddatums/?target__id=ID&data_type=photometry", "POST api/reduceddatums/"],
            preview.Split('\n').Where(line => line[0] is not ('{' or '#')));
        Assert.Contains("""{"target_lists":[{"name":"Imported From A TOM"}]}""", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("submission", preview, StringComparison.Ordinal);
    }

    private async Task<Share> DeliverAsync(ShareRequest request, int parts)
    {
        var queued = await Sharing.ShareAsync(request);
        for (var i = 0; i < parts; i++)
        {
            Assert.Equal(ShareState.Delivered, await _cluster.Outcomes.NextAsync("a part delivered"));
        }

        return await _cluster.Grains.Shares().GetAsync(queued.Id);
    }
}
