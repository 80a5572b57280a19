namespace TomOrleans.Integration.Tests.Page;

/// <summary>A page host with something of everything, for tests that only look.</summary>
public sealed class FullSky : IAsyncLifetime
{
    private PageHost _host = null!;

    public Uri Address => _host.Address;

    public async ValueTask InitializeAsync() => _host = await PageHost.StartAsync(Skies.Full());

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
