using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing.Retractions;
using TomOrleans.Targets;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>What others withdraw, as the archive of the stand-in says.</summary>
public sealed class RetractionsTests : IAsyncDisposable
{
    private readonly SharingScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_a_withdrawn_message_brought_is_marked_the_value_before_is_shown_again_and_known_is_where_it_was_passed_on()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        var (good, bad) = (await PublishAsync(hermes), await PublishAsync(hermes));
        var target = await cluster.AddTargetAsync("AT2026abc", Of(A.Point, good, 1), Of(A.Point with { Brightness = 99 }, bad, 2), Of(A.Limit, bad, 2));
        await cluster.AddSpectraAsync(target, A.Spectrum with { Head = A.Spectrum.Head with { Provenance = Place(bad, 2) } });
        var share = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc") with { Topic = "hermes.message" });
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("passed on"));

        await SharingScene.RetractAsForgerAsync(hermes, bad);
        await cluster.Grains.Retractions().LookAsync();
        var noted = await NotedAsync(cluster);

        Assert.Equal((bad, "hermes", "hermes.test", "A find", SharingScene.ForgerName, 2, 1), (noted.MessageId, noted.Destination, noted.Topic, noted.Title, noted.Sender, noted.Points, noted.Spectra));
        Assert.Equal([new PassedOn(share.Id, "hermes", "hermes.message", true)], noted.Shares);
        Assert.Equal([18.5], (await cluster.Grains.Target(target).GetPhotometryAsync()).Where(point => !point.IsRetracted).Select(point => point.Brightness!.Value));
        Assert.Equal(("hermes", 1L), (await cluster.Get<RetractionTable>().OpenAsync()).Select(open => (open.Destination, open.Shares)).Single());

        await cluster.Grains.Sharing("hermes").RetractAsync(share.Id, keepPoints: true);

        Assert.Empty(await cluster.Get<RetractionTable>().OpenAsync());
        Assert.False((await NotedAsync(cluster)).Shares[0].IsOpen);
    }

    [Fact]
    public async Task What_was_stored_while_its_withdrawal_was_noted_is_marked_by_the_next_look()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        var bad = await PublishAsync(hermes);
        await SharingScene.RetractAsForgerAsync(hermes, bad);
        await cluster.Grains.Retractions().LookAsync();
        Assert.Equal(0, (await NotedAsync(cluster)).Points);
        var target = await cluster.AddTargetAsync("AT2026abc", Of(A.Point, bad, 1));
        await cluster.AddSpectraAsync(target, A.Spectrum with { Head = A.Spectrum.Head with { Provenance = Place(bad, 1) } });
        await cluster.RestartAsync();

        await cluster.Grains.Retractions().LookAsync();
        var noted = await NotedAsync(cluster, least: 1);

        Assert.Equal((1, 1), (noted.Points, noted.Spectra));
        Assert.True(Assert.Single(await cluster.Grains.Target(target).GetPhotometryAsync()).IsRetracted);
    }

    [Fact]
    public async Task Message_of_ours_that_somebody_withdraws_at_Hermes_counts_as_retracted_and_its_points_stay_good()
    {
        var hermes = await _scene.StartHermesAsync();
        var cluster = await _scene.StartClusterAsync(Options(hermes));
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        var share = await cluster.Grains.Sharing("hermes").ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));

        await SharingScene.RetractAsForgerAsync(hermes, _scene.Published.Messages[0].Id);
        await cluster.Grains.Retractions().LookAsync();
        var noted = await NotedAsync(cluster);

        Assert.Equal((0, 0), (noted.Points, noted.Shares.Length));
        Assert.NotNull((await cluster.Grains.Shares().GetAsync(share.Id)).RetractedMicroseconds);
        Assert.False(Assert.Single(await cluster.Grains.Target(target).GetPhotometryAsync()).IsRetracted);
    }

    private static Task<Guid> PublishAsync(StandInHermes hermes) => SharingScene.PublishAsForgerAsync(hermes, """
        {"topic":"hermes.test","title":"A find","submitter":"S. Omebody","data":{"targets":[{"name":"AT2026abc","ra":33.2,"dec":-42.25}],
         "photometry":[{"target_name":"AT2026abc","date_obs":"2026-07-01T03:04:05Z","telescope":"1m0a","bandpass":"g","brightness":18.5}]}}
        """);

    private static PointProvenance Place(Guid message, long offset) => new(new("hop", "hermes.test", 0, offset), message, SharingScene.ForgerName, offset);

    private static PhotometryPoint Of(PhotometryPoint point, Guid message, long offset) => point with { Provenance = Place(message, offset) };

    /// <summary>Looking goes on behind the call.</summary>
    private static async Task<Retraction> NotedAsync(SharingCluster cluster, int least = 0)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if ((await cluster.Grains.Retractions().ListAsync(10, 0)).Retractions is [var noted] && noted.Points >= least)
            {
                return noted;
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
