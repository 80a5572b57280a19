using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>
/// Brings a port of this machine's loopback to the same port of a host's loopback: what listens on 127.0.0.1 only is reached from the host as if it ran there. Cut, it is a cable pulled: what
/// is sent is lost to sight, new connections get no answer; closed, it is a service that has gone.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly NetworkNamespace _host;
    private readonly IPEndPoint _service;
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private Socket? _listener;
    private volatile TaskCompletionSource _flows = Flowing();

    public Relay(NetworkNamespace host, int port)
    {
        (_host, _service) = (host, new(IPAddress.Loopback, port));
        Listen();
    }

    /// <summary>Nothing passes any more; whoever waits, waits.</summary>
    public void Cut() => _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => _flows.TrySetResult();

    /// <summary>Ends all connections and refuses new ones.</summary>
    public void Close()
    {
        _listener?.Dispose();
        foreach (var (inside, outside) in _pairs)
        {
            Abort(inside);
            Abort(outside);
        }
    }

    public void Open() => Listen();

    public ValueTask DisposeAsync()
    {
        Close();
        Mend();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Flowing()
    {
        var flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        flows.SetResult();
        return flows;
    }

    private void Listen()
    {
        _listener = _host.Open(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(_service);
            socket.Listen(512);
            return socket;
        });
        _ = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptAsync());
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket inside)
    {
        var outside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        inside.NoDelay = true;
        _pairs[inside] = outside;
        try
        {
            await _flows.Task;
            await outside.ConnectAsync(_service);
            await Task.WhenAll(CopyAsync(inside, outside), CopyAsync(outside, inside));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The service is away, or the relay was closed: the host sees its connection end.
        }
        finally
        {
            _pairs.TryRemove(inside, out _);
            inside.Dispose();
            outside.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await _flows.Task;
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Either end has gone, and with it the other.
            Abort(from);
            Abort(to);
        }
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.Close(timeout: 0);
        }
        catch (SocketException)
        {
            // It had ended already.
        }
    }
}
