using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TomOrleans.Connections;

namespace TomOrleans.Client.Connection;

/// <summary>A plain connection to a gateway, before Orleans makes one: it tells at once, and why, where nobody can be talked to.</summary>
internal static class Knocking
{
    /// <summary>In TLS 1.3 who is refused learns it after the greeting, at the first read.</summary>
    private static readonly TimeSpan RefusalTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Throws <see cref="RefusedException"/> where the files cannot be used.</summary>
    public static void CheckCertificates(ConnectionSettings settings)
    {
        try
        {
            settings.Tls?.Read();
        }
        catch (CertificateException failure)
        {
            throw new RefusedException(FailureText.OfCertificates(failure), failure);
        }
    }

    /// <returns>Null where somebody listens; <see cref="AuthenticationException"/> where the TLS greeting failed.</returns>
    public static async Task<Exception?> AtAsync(IPEndPoint gateway, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(gateway, cancellationToken);
            if (settings.Tls is { } tls)
            {
                await GreetAsync(socket, tls.Read(), cancellationToken);
            }

            return null;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or AuthenticationException)
        {
            return failure;
        }
        catch (IOException failure)
        {
            return settings.Tls is null ? failure : new AuthenticationException(failure.Message, failure);
        }
    }

    private static async Task GreetAsync(Socket socket, TlsCertificates certificates, CancellationToken cancellationToken)
    {
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsClientAsync(GuardedConnections.ClientOptions(certificates), cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RefusalTime);
        try
        {
            if (await tls.ReadAsync(new byte[1], limit.Token) == 0)
            {
                throw new AuthenticationException("the silo closed the connection");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It waits for us to speak: let in.
        }
    }
}
