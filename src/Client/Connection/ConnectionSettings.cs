using TomOrleans.Connections;

namespace TomOrleans.Client.Connection;

/// <summary>Which silos to talk to, and as whom.</summary>
internal sealed record ConnectionSettings
{
    public const string DefaultCluster = "tomorleans";

    public required Gateways Gateways { get; init; }

    /// <summary>Must be the silo's, else it closes the connection.</summary>
    public string ClusterId { get; init; } = DefaultCluster;

    public string ServiceId { get; init; } = DefaultCluster;

    /// <summary>The secret that goes with each call; null where none was found.</summary>
    public string? Token { get; init; }

    /// <summary>Certificates, where the gateways have TLS; null where they have none.</summary>
    public TlsFileNames? Tls { get; init; }

    /// <summary>How long to try before giving up.</summary>
    public required TimeSpan ConnectTimeout { get; init; }
}
