using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace TomOrleans.Testing.Front;

/// <summary>One client's connection, with one of its own to the broker behind.</summary>
internal sealed class FrontConnection : IDisposable
{
    private readonly KafkaFront _front;
    private readonly TcpClient _client;
    private readonly TcpClient _upstream = new();
    private readonly IPEndPoint _broker;
    private readonly CancellationTokenSource _end;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<int, short> _versionQuestions = new();
    private SaslLogin? _login;
    private bool _isLoggedIn;
    private DateTimeOffset? _until;

    public FrontConnection(KafkaFront front, TcpClient client, IPEndPoint broker, CancellationToken stop)
    {
        _front = front;
        _client = client;
        _broker = broker;
        _end = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    public void End() => _end.Cancel();

    /// <summary>Returns when either side has ended. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            await using var stream = new SslStream(_client.GetStream());
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _front.Certificate }, _end.Token);
            await _upstream.ConnectAsync(_broker, _end.Token);
            var answers = AnswersAsync(stream);
            try
            {
                await RequestsAsync(stream);
            }
            finally
            {
                await _end.CancelAsync();
                await answers;
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client, the broker or the test ended it.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _upstream.Dispose();
    }

    private async Task RequestsAsync(SslStream client)
    {
        while (await Frames.ReadAsync(client, _end.Token) is { } request)
        {
            var (api, version, correlation) = Frames.HeadOf(request);
            switch (api)
            {
                case Frames.SaslHandshake:
                    var mechanism = Frames.MechanismOf(request);
                    _login = _front.Accounts.Begin(mechanism);
                    await WriteAsync(client, Frames.HandshakeAnswer(correlation, _login is not null, mechanism));
                    break;
                case Frames.SaslAuthenticate:
                    var answer = _login?.Take(Frames.SaslMessageOf(request)) ?? SaslAnswer.Refused("no handshake");
                    await WriteAsync(client, Frames.AuthenticateAnswer(correlation, version, answer, DateTimeOffset.UtcNow));
                    if (!Judge(answer))
                    {
                        return;
                    }

                    break;
                case Frames.ApiVersions:
                    _versionQuestions[correlation] = version;
                    await Frames.WriteAsync(_upstream.GetStream(), request, _end.Token);
                    break;
                default:
                    if (!_isLoggedIn)
                    {
                        return;
                    }

                    if (_until < DateTimeOffset.UtcNow)
                    {
                        _front.OnExpired();
                        return;
                    }

                    await Frames.WriteAsync(_upstream.GetStream(), request, _end.Token);
                    break;
            }
        }
    }

    /// <returns>False where the connection has to end.</returns>
    private bool Judge(SaslAnswer answer)
    {
        if (answer.IsDone)
        {
            _login = null;
            _isLoggedIn = answer.Error is null;
            _until = answer.Until;
            _front.OnLogin(_isLoggedIn);
        }

        return answer.Error is null;
    }

    private async Task AnswersAsync(SslStream client)
    {
        try
        {
            while (await Frames.ReadAsync(_upstream.GetStream(), _end.Token) is { } response)
            {
                await WriteAsync(client, _versionQuestions.TryRemove(Frames.CorrelationOf(response), out var version) ? Frames.WithSasl(response, version) : response);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }

        await _end.CancelAsync();
    }

    private async Task WriteAsync(SslStream client, byte[] frame)
    {
        await _writing.WaitAsync(_end.Token);
        try
        {
            await Frames.WriteAsync(client, frame, _end.Token);
        }
        finally
        {
            _writing.Release();
        }
    }
}
