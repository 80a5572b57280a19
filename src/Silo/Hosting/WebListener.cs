using Microsoft.AspNetCore.Server.Kestrel.Core;
using System.Net.Security;
using TomOrleans.Connections;
using TomOrleans.Grains;
using TomOrleans.Silo.Api;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Hosting;

/// <summary>The port of page and API: with TLS where HTTP.CERTIFICATE names files, which are read again when they are renewed; else open to loopback and HTTP.TRUSTED_NETWORK only.</summary>
public sealed partial class WebListener
{
    /// <summary>What a request may bring unless its endpoint says otherwise [bytes].</summary>
    private const long LargestBody = 1 << 20;
    private static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(15);

    private readonly HttpSettings _http;
    private readonly RenewedFiles<SslStreamCertificateContext>? _certificate;

    /// <summary>Null until the host is built; before that nobody asks for the certificate.</summary>
    private ILogger? _log;

    public WebListener(HttpSettings http)
    {
        _http = http;
        if (http.Certificate is { } file)
        {
            _certificate = new([file, http.Key ?? file], () => CertificateFiles.ReadOwn(file, http.Key), fault =>
            {
                if (_log is { } log)
                {
                    LogNotRenewed(log, OneLine.Of(fault.Message));
                }
            });
        }

        Names = new(http, () => _certificate?.Current.TargetCertificate);
    }

    public HostNames Names { get; }

    public void Configure(KestrelServerOptions kestrel)
    {
        _log = kestrel.ApplicationServices.GetRequiredService<ILogger<WebListener>>();
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.RequestHeadersTimeout = HeadersLimit;
        kestrel.Listen(_http.Address, _http.Port, listen =>
        {
            if (_certificate is { } certificate)
            {
                listen.UseHttps(
                    (_, _, _, _) => new(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }), state: new());
            }
            else
            {
                listen.UseAddressCheck(_http.TrustedNetwork.Contains, (_, _) => { });
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The renewed certificate of the page cannot be used, the former one stays in force: {Reason}")]
    private static partial void LogNotRenewed(ILogger log, string reason);
}
