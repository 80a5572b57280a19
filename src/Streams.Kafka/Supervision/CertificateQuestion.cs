using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>librdkafka only says that a broker's certificate is not accepted; this looks at the certificate and says why.</summary>
internal static class CertificateQuestion
{
    private const int KafkaPort = 9092;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>One line for a person; null where the broker does not show one, or nothing is wrong with it.</summary>
    /// <param name="client">librdkafka properties: the first broker is asked, with the authorities of <c>ssl.ca.location</c> or <c>ssl.ca.pem</c>, else the system's.</param>
    public static async Task<string?> AskAsync(IReadOnlyDictionary<string, string> client, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            var (host, port) = FirstOf(client.GetValueOrDefault("bootstrap.servers", ""));
            var policy = PolicyOf(client);
            string? answer = null;
            using var connection = new TcpClient();
            await connection.ConnectAsync(host, port, limit.Token);
            await using var tls = new SslStream(connection.GetStream());
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    answer = Judge($"{host}:{port}", certificate, chain, errors, client.GetValueOrDefault("ssl.ca.location"));
                    return false;
                },
            };
            try
            {
                await tls.AuthenticateAsClientAsync(options, limit.Token);
            }
            catch (AuthenticationException)
            {
                // Seen enough.
            }

            return answer;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or CryptographicException or ArgumentException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Judge(string server, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, string? place)
    {
        if (shown is null || chain is null)
        {
            return null;
        }

        using var certificate = new X509Certificate2(shown);
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            var late = certificate.NotAfter < DateTime.Now;
            return late
                ? $"the certificate of {server} ended on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"
                : $"the certificate of {server}, or of who signed it, is not valid today ({DateTime.UtcNow:yyyy-MM-dd})";
        }

        if ((status & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
        {
            return $"the certificate of {server} is signed by {KafkaFault.OneLine(certificate.Issuer)}, which is not among the authorities in "
                + $"{place ?? "the system's store"} (ssl.ca.location)";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"the certificate of {server} is for {KafkaFault.OneLine(certificate.GetNameInfo(X509NameType.DnsName, false))}, not for this host"
            : null;
    }

    private static X509ChainPolicy PolicyOf(IReadOnlyDictionary<string, string> client)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (client.TryGetValue("ssl.ca.pem", out var pem))
        {
            policy.CustomTrustStore.ImportFromPem(pem);
        }
        else if (client.TryGetValue("ssl.ca.location", out var place) && place != "probe")
        {
            foreach (var file in Directory.Exists(place) ? Directory.GetFiles(place) : [place])
            {
                policy.CustomTrustStore.ImportFromPemFile(file);
            }
        }

        policy.TrustMode = policy.CustomTrustStore.Count > 0 ? X509ChainTrustMode.CustomRootTrust : X509ChainTrustMode.System;
        return policy;
    }

    private static (string Host, int Port) FirstOf(string servers)
    {
        var first = servers.Split(',')[0].Trim();
        var address = new Uri(first.Contains("://", StringComparison.Ordinal) ? first : $"kafka://{first}");
        return (address.Host.Trim('[', ']'), address.Port < 0 ? KafkaPort : address.Port);
    }
}
