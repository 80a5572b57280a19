using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TomOrleans.Testing.Front;

/// <summary>
/// TLS and SASL before a Kafka that knows neither: takes connections on 127.0.0.1, lets the client log in (PLAIN, SCRAM-SHA-512, OAUTHBEARER), and hands every other request through
/// as it is. The Kafka behind has to advertise this front's port. What a real broker does and this one does not: authorise, delay its refusals, speak TLS to other brokers.
/// </summary>
public sealed class KafkaFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<FrontConnection, Task> _connections = new();
    private readonly IPEndPoint _broker;
    private readonly Task _accepting;
    private long _accepted;
    private long _refused;
    private long _loggedIn;
    private long _expired;

    /// <param name="broker">Where the Kafka behind listens, <c>127.0.0.1:port</c>.</param>
    /// <param name="certificate">What the front shows; its owner disposes it.</param>
    /// <param name="accounts">Who may log in.</param>
    public KafkaFront(string broker, X509Certificate2 certificate, FrontAccounts accounts)
    {
        _broker = IPEndPoint.Parse(broker);
        Certificate = certificate;
        Accounts = accounts;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string BootstrapServers => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Connections opened by clients.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Logins refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Logins that succeeded, those renewed on an open connection among them.</summary>
    public long LoggedIn => Interlocked.Read(ref _loggedIn);

    /// <summary>Connections closed because their login had run out.</summary>
    public long Expired => Interlocked.Read(ref _expired);

    internal X509Certificate2 Certificate { get; }

    internal FrontAccounts Accounts { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Ends what is connected now; new connections are taken.</summary>
    public void Disconnect()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.End();
        }
    }

    internal void OnLogin(bool isGood) => Interlocked.Increment(ref isGood ? ref _loggedIn : ref _refused);

    internal void OnExpired() => Interlocked.Increment(ref _expired);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                var connection = new FrontConnection(this, client, _broker, _stop.Token);
                _connections[connection] = Task.Run(async () =>
                {
                    await connection.RunAsync();
                    _connections.TryRemove(connection, out _);
                });
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
