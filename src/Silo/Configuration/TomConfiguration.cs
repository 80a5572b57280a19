using System.Collections.Immutable;
using System.Net;

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

    /// <summary>In the order of the file, those with ACTIVE false too (they hold nothing but their ID and kind).</summary>
    public required ImmutableArray<StreamConfiguration> Streams { get; init; }
    public required ImmutableArray<DestinationConfiguration> Destinations { get; init; }

    /// <summary>Loaded, and known to hold at least one handler each.</summary>
    public ImmutableArray<PluginConfiguration> Plugins { get; init; } = [];

    /// <summary>True when no file was given and the sandbox runs.</summary>
    public bool IsSandbox { get; init; }
}

/// <param name="Address">Where to listen.</param>
/// <param name="Port">0 takes any free port.</param>
public sealed record HttpSettings(IPAddress Address, int Port);

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

    /// <summary>The address other hosts reach this one by; null for loopback.</summary>
    public IPAddress? AdvertisedAddress { get; init; }
    public required string ClusterId { get; init; }
    public required string ServiceId { get; init; }
}
