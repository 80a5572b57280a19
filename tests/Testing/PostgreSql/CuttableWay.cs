using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TomOrleans.Testing.PostgreSql;

/// <summary>A way to a PostgreSQL server, over loopback, that can be cut: connections end, and new ones are not answered until it is mended.</summary>
public sealed class CuttableWay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <param name="connectionString">Where it leads.</param>
    public CuttableWay(string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        _server = to.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{to.Host}/.s.PGSQL.{to.Port}") : new DnsEndPoint(to.Host, to.Port);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, Timeout = 3 }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The same database by this way.</summary>
    public string ConnectionString { get; }

    public void Cut()
    {
        _isCut = true;
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                _ = RelayAsync(await _listener.AcceptSocketAsync(_ended.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(Socket caller)
    {
        using var server = new Socket(_server is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        using (caller)
        {
            try
            {
                if (_isCut)
                {
                    return;
                }

                _open[caller] = _open[server] = 0;
                await server.ConnectAsync(_server);
                await using var here = new NetworkStream(caller);
                await using var there = new NetworkStream(server);
                await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
            }
            catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException)
            {
                // Cut, or closed by either side.
            }
            finally
            {
                _open.TryRemove(caller, out _);
                _open.TryRemove(server, out _);
            }
        }
    }
}
