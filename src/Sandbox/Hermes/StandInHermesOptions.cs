using System.Security.Cryptography;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Hermes;

/// <summary>How a stand-in Hermes is set up. Either <see cref="BootstrapServers"/> or <see cref="Publisher"/> must be given.</summary>
public sealed class StandInHermesOptions
{
    /// <summary>The port on loopback; 0 for a free one.</summary>
    public int Port { get; set; }

    /// <summary>The Kafka that accepted messages are published to.</summary>
    public string? BootstrapServers { get; set; }

    /// <summary>Takes the place of the Kafka at <see cref="BootstrapServers"/>. It is not disposed of with the stand-in.</summary>
    public IMessagePublisher? Publisher { get; set; }

    /// <summary>A file of JSON lines that keeps what was published and retracted, and is read again at the next start. Null: in memory only.</summary>
    public string? ArchivePath { get; set; }

    /// <summary>How much later than the topic the archive shows a message; the real one lags too.</summary>
    public TimeSpan ArchiveLag { get; set; }

    /// <summary>At least one. By default one account with a token drawn at random.</summary>
    public IReadOnlyList<StandInAccount> Accounts { get; set; } =
        [new StandInAccount { Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)) }];

    /// <summary>What <c>topics/</c> lists, and the profile of an account that may write everywhere.</summary>
    public IReadOnlyList<string> Topics { get; set; } = ["hermes.test", "hermes.photometry", "hermes.message", "tomtoolkit.test"];

    /// <summary>The rule of Hermes' development deployment: the topic must contain "test".</summary>
    public bool TestTopicsOnly { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
