using System.Text;
using System.Text.Json;
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
    private readonly Dictionary<StandInHermes, List<StandInAccount>> _accounts = [];

    /// <summary>What all of them published.</summary>
    public GatePublisher Published { get; } = new();

    /// <param name="where">One that was stopped, whose place and account the new one takes; null for a new place.</param>
    /// <param name="sender">The name under which the account publishes.</param>
    public async Task<StandInHermes> StartHermesAsync(StandInHermes? where = null, string sender = "stand-in-credential")
    {
        var options = new StandInHermesOptions { Publisher = Published, Port = where?.Url.Port ?? 0 };
        var accounts = new List<StandInAccount> { (where is null ? options.Accounts[0] : new() { Token = where.Token }) with { CredentialName = sender }, new() { Token = ForgerToken, CredentialName = ForgerName } };
        options.Accounts = accounts;
        var hermes = await StandInHermes.StartAsync(options);
        _started.Add(hermes);
        _accounts.Add(hermes, accounts);
        return hermes;
    }

    /// <summary>From now on the account publishes under another name, as after a new key.</summary>
    public void Rename(StandInHermes hermes, string sender) => _accounts[hermes][0] = _accounts[hermes][0] with { CredentialName = sender };

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

    /// <summary>A silo of its own on a PostgreSQL database that others are on too.</summary>
    public async Task<SharingCluster> StartClusterOnAsync(string connectionString, params DestinationOptions[] destinations)
    {
        var cluster = await SharingCluster.StartOnAsync(connectionString, destinations);
        _started.Add(cluster);
        return cluster;
    }

    /// <summary>Somebody else publishes a message. Its id.</summary>
    public static async Task<Guid> PublishAsForgerAsync(StandInHermes hermes, string body)
    {
        using var http = Forger(hermes);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("api/v0/submit_message/", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("uuid").GetGuid();
    }

    /// <summary>Somebody else withdraws a message of his.</summary>
    public static async Task RetractAsForgerAsync(StandInHermes hermes, Guid message)
    {
        using var http = Forger(hermes);
        using var content = new StringContent("""{"retracted":true}""", Encoding.UTF8, "application/json");
        using var answer = await http.PatchAsync(new Uri($"api/v0/query/message/{message:D}/", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    private static HttpClient Forger(StandInHermes hermes)
    {
        var http = new HttpClient { BaseAddress = hermes.Url };
        http.DefaultRequestHeaders.Authorization = new("Token", ForgerToken);
        return http;
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
