using TomOrleans.Grains.Sharing;
using TomOrleans.Sandbox.Hermes;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>Stand-ins for Hermes and silos that share to them, which end with the test.</summary>
internal sealed class SharingScene : IAsyncDisposable
{
    /// <summary>Another account at the stand-in, which may publish what it likes.</summary>
    public const string ForgerName = "somebody-else";

    public const string ForgerToken = "00000000000000000000000000000000f04de400";

    private readonly List<IAsyncDisposable> _started = [];

    /// <summary>What all of them published.</summary>
    public GatePublisher Published { get; } = new();

    /// <param name="where">One that was stopped, whose place and account the new one takes; null for a new place.</param>
    public async Task<StandInHermes> StartHermesAsync(StandInHermes? where = null)
    {
        var options = new StandInHermesOptions { Publisher = Published, Port = where?.Url.Port ?? 0 };
        options.Accounts = [where is null ? options.Accounts[0] : new() { Token = where.Token }, new() { Token = ForgerToken, CredentialName = ForgerName }];
        var hermes = await StandInHermes.StartAsync(options);
        _started.Add(hermes);
        return hermes;
    }

    public ValueTask StopAsync(StandInHermes hermes)
    {
        _started.Remove(hermes);
        return hermes.DisposeAsync();
    }

    public Task<SharingCluster> StartClusterAsync(params DestinationOptions[] destinations) => StartClusterAsync(null, destinations);

    public async Task<SharingCluster> StartClusterAsync(ITopicSearch? topics, params DestinationOptions[] destinations)
    {
        var cluster = await SharingCluster.StartAsync(topics, destinations);
        _started.Add(cluster);
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        Published.Open();

        // The stand-ins first: a silo waits for the answer under way.
        foreach (var started in _started)
        {
            await started.DisposeAsync();
        }
    }
}
