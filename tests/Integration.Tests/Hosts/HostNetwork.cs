using System.Globalization;
using System.Net;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>A switch with a cable to each host; nothing else reaches it, so that its addresses collide with nobody's.</summary>
public sealed class HostNetwork : IAsyncDisposable
{
    public const string Range = "10.0.0.0/24";
    private readonly NetworkNamespace _switch;
    private readonly List<NetworkNamespace> _hosts = [];

    private HostNetwork(NetworkNamespace hub) => _switch = hub;

    public static async Task<HostNetwork> CreateAsync()
    {
        var network = new HostNetwork(await NetworkNamespace.CreateAsync());
        await network._switch.LinkAsync("add", "switch", "type", "bridge", "forward_delay", "0");
        await network._switch.LinkAsync("set", "switch", "up");
        return network;
    }

    /// <summary>A new host on the switch.</summary>
    public async Task<(NetworkNamespace Host, IPAddress Address)> AddAsync()
    {
        var host = await NetworkNamespace.CreateAsync();
        _hosts.Add(host);
        var number = _hosts.Count;
        var port = Port(host);
        await _switch.LinkAsync("add", port, "type", "veth", "peer", "name", "eth0", "netns", host.Name);
        await _switch.LinkAsync("set", port, "master", "switch", "up");
        var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.0.0.{number}"));
        await host.AddressAsync($"{address}/24", "eth0");
        await host.LinkAsync("set", "eth0", "up");
        return (host, address);
    }

    /// <summary>Pulls the cable: packets are lost, connections stay and know nothing of it.</summary>
    public Task CutAsync(NetworkNamespace host) => _switch.LinkAsync("set", Port(host), "down");

    public Task MendAsync(NetworkNamespace host) => _switch.LinkAsync("set", Port(host), "up");

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _switch.DisposeAsync();
    }

    private string Port(NetworkNamespace host) => string.Create(CultureInfo.InvariantCulture, $"host{_hosts.IndexOf(host) + 1}");
}
