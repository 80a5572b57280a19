using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace TomOrleans.Connections;

/// <summary>
/// Guards Orleans' connections: mutual TLS over <see cref="SslStream"/>, or a look at where the other end is. Certificates are asked for at each connection, so a renewed one counts from the
/// next on; connections that are open stay open.
/// </summary>
public static class GuardedConnections
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Lets in whom <paramref name="peer"/> says. The refused are told to <paramref name="onRefused"/> (who, and why) and closed.</summary>
    public static void UseServerTls(this IConnectionBuilder builder, Func<TlsCertificates> certificates, Peer peer, Action<EndPoint?, string> onRefused) =>
        builder.Use(next => async connection =>
        {
            await using var tls = new SslStream(new TransportStream(connection.Transport), leaveInnerStreamOpen: true);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
                limit.CancelAfter(HandshakeLimit);
                var now = certificates();
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = now.Own,
                        ClientCertificateRequired = true,
                        CertificateChainPolicy = PeerCheck.PolicyFor(peer, now),
                        RemoteCertificateValidationCallback = (_, certificate, _, errors) => PeerCheck.IsAccepted(peer, certificate, errors),
                    },
                    limit.Token);
            }
            catch (Exception fault) when (fault is AuthenticationException or IOException or OperationCanceledException)
            {
                onRefused(connection.RemoteEndPoint, Reason(fault, peer));
                connection.Abort();
                return;
            }

            await RunAsync(connection, tls, next);
        });

    /// <summary>Shows the own certificate, and talks to silos only. What fails fails the connection: <see cref="AuthenticationException"/>.</summary>
    public static void UseClientTls(this IConnectionBuilder builder, Func<TlsCertificates> certificates) =>
        builder.Use(next => async connection =>
        {
            await using var tls = new SslStream(new TransportStream(connection.Transport), leaveInnerStreamOpen: true);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
            {
                limit.CancelAfter(HandshakeLimit);
                await tls.AuthenticateAsClientAsync(ClientOptions(certificates()), limit.Token);
            }

            await RunAsync(connection, tls, next);
        });

    /// <summary>Lets in only whose address <paramref name="isTrusted"/>.</summary>
    public static void UseAddressCheck(this IConnectionBuilder builder, Predicate<IPAddress> isTrusted, Action<EndPoint?, string> onRefused) =>
        builder.Use(next => async connection =>
        {
            if (connection.RemoteEndPoint is IPEndPoint remote && isTrusted(remote.Address))
            {
                await next(connection);
                return;
            }

            onRefused(connection.RemoteEndPoint, "it is outside the trusted network");
            connection.Abort();
        });

    /// <summary>How a client greets a silo.</summary>
    public static SslClientAuthenticationOptions ClientOptions(TlsCertificates now) => new()
    {
        TargetHost = "silo",
        ClientCertificateContext = now.Own,
        CertificateChainPolicy = PeerCheck.PolicyFor(Peer.Silo, now),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => PeerCheck.IsAccepted(Peer.Silo, certificate, errors),
    };

    private static string Reason(Exception fault, Peer peer) => fault switch
    {
        OperationCanceledException => $"no TLS greeting within {HandshakeLimit.TotalSeconds:0} s",
        AuthenticationException => $"its certificate is not that of a {(peer == Peer.Silo ? "silo" : "client")} of this TOM, or it does not speak TLS ({fault.Message})",
        _ => "it closed the connection during the TLS greeting",
    };

    private static async Task RunAsync(ConnectionContext connection, SslStream tls, ConnectionDelegate next)
    {
        var plain = connection.Transport;
        var secured = new DuplexPipe(
            PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true)), PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true)));
        connection.Transport = secured;
        try
        {
            await next(connection);
        }
        finally
        {
            await secured.Input.CompleteAsync();
            await CompleteAsync(secured.Output);
            connection.Transport = plain;
        }
    }

    private static async Task CompleteAsync(PipeWriter output)
    {
        try
        {
            await output.CompleteAsync();
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or ObjectDisposedException or OperationCanceledException)
        {
            // The other end is gone already: what was not written then is Orleans' to notice.
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
