using System.Net.Sockets;
using Orleans.Runtime.Messaging;
using TomOrleans.Client.Output;
using TomOrleans.Connections;

namespace TomOrleans.Client.Connection;

/// <summary>Exceptions as one line: what happened and what to do. Never holds a secret.</summary>
internal static class FailureText
{
    /// <summary>Nothing listens at the gateway's address.</summary>
    public static string OfConnecting(Exception failure, ConnectionSettings settings) =>
        $"cannot reach a silo at {settings.Gateways}: {Reason(failure, settings)}. Is it running? "
        + "Start it with: dotnet run -c Release --project src/Silo";

    /// <summary>Something listens there, but it is no silo that talks to us.</summary>
    public static string OfNoSilo(Exception failure, ConnectionSettings settings) =>
        $"cannot reach a silo at {settings.Gateways}: what listens there does not answer as a silo of cluster '{SafeText.Line(settings.ClusterId)}' "
        + $"({Reason(failure, settings)}). Check the port, --cluster-id and --service-id"
        + (settings.Tls is null ? ", and give --tls-certificate and --tls-ca where its ports have TLS" : "");

    /// <summary>The greeting between this certificate and that of the silo failed.</summary>
    public static string OfGreeting(Exception failure, ConnectionSettings settings) =>
        $"cannot reach a silo at {settings.Gateways}: the TLS greeting failed ({Cause(Innermost(failure))}). Either what listens there has no TLS or no certificate of {SafeText.Line(settings.Tls!.SiloAuthorities)}, "
        + $"or it does not take {SafeText.Line(settings.Tls.Certificate)}: its log says why";

    public static string OfCertificates(CertificateException failure) => $"the certificates for the gateway cannot be used: {SafeText.Line(failure.Message)}";

    public static string Of(Exception failure, ConnectionSettings settings) => failure switch
    {
        RefusedException => SafeText.Line(failure.Message),
        TomException { Fault: TomFault.Unauthenticated } when settings.Token is null =>
            SafeText.Line(failure.Message) + " (no token was found: give --token, or set TOM_TOKEN)",
        TomException => SafeText.Line(failure.Message),
        OperationCanceledException => "stopped",
        TimeoutException => $"the silo at {settings.Gateways} did not answer in time: it may be busy, try again (tom status shows how it is)",
        ConnectionFailedException or SiloUnavailableException or OrleansMessageRejectionException or SocketException =>
            $"lost the connection to the silo at {settings.Gateways}: {Cause(failure)}. Try again when it is back",
        IOException or UnauthorizedAccessException => SafeText.Line(failure.Message),
        _ => $"the silo at {settings.Gateways} failed: {failure.GetType().Name}: {Cause(failure)}. Its log says more",
    };

    private static string Reason(Exception failure, ConnectionSettings settings) => Innermost(failure) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        TimeoutException or OperationCanceledException => $"no answer within {settings.ConnectTimeout.TotalSeconds:0.#} s",
        var other => Cause(other),
    };

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure;
    }

    private static string Cause(Exception failure) => SafeText.Line(failure.Message).TrimEnd('.');
}
