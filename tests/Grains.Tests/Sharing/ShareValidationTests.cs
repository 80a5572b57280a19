using TomOrleans.Sandbox.Hermes;

using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Hermes is asked whether it would take something, and nothing is published.</summary>
public sealed class ShareValidationTests : IAsyncDisposable
{
    private readonly SharingScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_Hermes_would_take_is_said_so_and_neither_published_nor_queued()
    {
        var (_, cluster) = await StartAsync();
        await cluster.AddTargetAsync("AT2026abc", A.Point);

        var verdict = await cluster.Grains.Sharing("hermes").ValidateAsync(Request("AT2026abc"));

        Assert.Equal("", Assert.Single(verdict.Objections));
        Assert.Equal((1, "hermes.test"), (verdict.Preview.Points, verdict.Preview.Topic));
        Assert.Empty(_scene.Published.Messages);
        Assert.Equal(0, (await cluster.Grains.Shares().ListAsync(new())).Total);
    }

    [Fact]
    public async Task What_only_Hermes_can_know_to_be_wrong_is_told_with_its_place()
    {
        var (_, cluster) = await StartAsync();

        // Whether a message that is cited exists, is for its archive to say.
        var verdict = await cluster.Grains.Sharing("hermes").ValidateMessageAsync(new("hermes.test", """
            {"title":"T","submitter":"S","authors":"S","message_text":"x","data":{"references":[{"source":"hop_uuid","citation":"6c2b4a0e-3a39-4f3c-b5a1-0d6d7d6d0001"}]}}
            """));

        Assert.StartsWith("data.references[0]", Assert.Single(verdict.Objections), StringComparison.Ordinal);
        Assert.Empty(_scene.Published.Messages);
    }

    [Fact]
    public async Task Hermes_that_cannot_say_it_is_a_fault_of_its_own()
    {
        var (hermes, cluster) = await StartAsync();
        await cluster.AddTargetAsync("AT2026abc", A.Point);
        hermes.Faults.Next(Fault.ServerError(), path: "submit_message/validate/");

        var refusal = await Assert.ThrowsAsync<TomException>(() => cluster.Grains.Sharing("hermes").ValidateAsync(Request("AT2026abc")));

        Assert.Equal(TomFault.Unavailable, refusal.Fault);
        Assert.StartsWith("hermes did not say whether it would take it", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<(StandInHermes Hermes, SharingCluster Cluster)> StartAsync()
    {
        var hermes = await _scene.StartHermesAsync();
        return (hermes, await _scene.StartClusterAsync(Options(hermes)));
    }
}
