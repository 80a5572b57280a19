using System.Collections.Immutable;
using System.Net;
using TomOrleans.Connections;

namespace TomOrleans.Silo.Configuration;

/// <summary>
/// All that <c>tom.json</c>, the environment and the command line say, checked and typed. Only <see cref="Reading.TomConfigurationReader"/> makes one, and
/// only when nothing was wrong. Its text shows no secret. Every key is explained in <c>docs/configuration.md</c>.
/// </summary>
public sealed record TomConfiguration
{
    public required string TomName { get; init; }

    /// <summary>Folder of databases and tokens, as a full path.</summary>
    public required string DataPath { get; init; }
    public required HttpSettings Http { get; init; }
    public required ClusterSettings Cluster { get; init; }
    public LogSettings Log { get; init; } = new(LogFormat.Text);

    /// <summary>In the order of the file, those with ACTIVE false too (they hold nothing but their ID and kind).</summary>
    public required ImmutableArray<StreamConfiguration> Streams { get; init; }
    public required ImmutableArray<DestinationConfiguration> Destinations { get; init; }

    /// <summary>Loaded, and known to hold at least one handler or subscriber each.</summary>
    public ImmutableArray<PluginConfiguration> Plugins { get; init; } = [];

    public Grains.Notices.NoticeOptions Notices { get; init; } = new();

    /// <summary>Where it came from; null where a host made it by itself.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ConfigurationSource? Source { get; init; }

    /// <summary>True when no file was given and the sandbox runs.</summary>
    public bool IsSandbox { get; init; }
}

public sealed record HttpSettings
{
    /// <summary>Where to listen.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>0 takes any free port.</summary>
    public required int Port { get; init; }

    /// <summary>PEM file, as a full path; null for HTTP without TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its private key; null where the certificate's file holds it.</summary>
    public string? Key { get; init; }

    /// <summary>Who may ask without TLS, beside loopback; empty: nobody.</summary>
    public NetworkList TrustedNetwork { get; init; } = NetworkList.None;

    /// <summary>Names by which people reach it, beside those of loopback and of the certificate.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];
}

public enum LogFormat
{
    /// <summary>A line an event, for people.</summary>
    Text,

    /// <summary>A JSON document a line, for programs.</summary>
    Json,
}

public sealed record LogSettings(LogFormat Format);

public enum ClusterKind
{
    /// <summary>One host; state in SQLite files below DATA_PATH.</summary>
    Local,

    /// <summary>Several silos; clustering, reminders and state in PostgreSQL.</summary>
    PostgreSql,
}

public sealed record ClusterSettings
{
    public required ClusterKind Kind { get; init; }

    /// <summary>Connection string of the database; not null exactly for <see cref="ClusterKind.PostgreSql"/>.</summary>
    public Secret? Connection { get; init; }
    public required int SiloPort { get; init; }
    public required int GatewayPort { get; init; }

    /// <summary>Of this silo, and of no other in its cluster.</summary>
    public required string Name { get; init; }

    /// <summary>The address others reach this silo by.</summary>
    public IPAddress AdvertisedAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Where silo and gateway listen: an address of this host, or any.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;
    public required string ClusterId { get; init; }
    public required string ServiceId { get; init; }

    /// <summary>How long a silo may take to answer another one's probe; three missed ones make it suspect.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Certificates of silo and gateway ports; null where these have no TLS.</summary>
    public TlsFileNames? Tls { get; init; }

    /// <summary>Orleans' own dashboard at <c>/cluster</c>, for admins; it looks at each grain call.</summary>
    public bool Dashboard { get; init; }

    /// <summary>From where silo and gateway may be reached, beside loopback; empty: from anywhere that TLS lets in.</summary>
    public NetworkList TrustedNetwork { get; init; } = NetworkList.None;
}
