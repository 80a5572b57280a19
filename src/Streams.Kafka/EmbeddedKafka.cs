using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using TomOrleans.Streams.Kafka.Embedded;

namespace TomOrleans.Streams.Kafka;

/// <summary>
/// A Kafka inside this process, for the sandbox and for tests: librdkafka's mock cluster. It speaks the real protocol over 127.0.0.1 (groups, commits, headers, compression,
/// idempotent producers). It keeps nothing on disk, only the last 5 MiB of each partition (the rest is dropped silently), knows no TLS, SASL, admin requests or offsets by
/// time, makes unknown topics by itself when one is written to, and takes a free port that cannot be chosen.
/// </summary>
public sealed class EmbeddedKafka : IDisposable
{
    private const string ClusterPrefix = "embedded-";
    private readonly Lock _gate = new();
    private readonly int _brokers;
    private readonly nint _client;
    private nint _cluster;

    private EmbeddedKafka(nint client, nint cluster, int brokers)
    {
        _client = client;
        _cluster = cluster;
        _brokers = brokers;
        BootstrapServers = Marshal.PtrToStringUTF8(MockCluster.Bootstraps(cluster))!;
    }

    /// <summary><c>127.0.0.1:port</c>, one a broker.</summary>
    public string BootstrapServers { get; }

    /// <summary>
    /// Random for each start, as the topics and offsets of one start mean nothing to the next. Give it to <see cref="StreamSettings.ClusterId"/>: asked over the
    /// wire the mock cluster does not say.
    /// </summary>
    public string ClusterId { get; } = $"{ClusterPrefix}{Guid.NewGuid():N}";

    /// <exception cref="InvalidOperationException">librdkafka could not make it, with its words.</exception>
    public static EmbeddedKafka Start(int brokers = 1)
    {
        LoadedLibrdkafka.Bind();
        Span<byte> error = stackalloc byte[512];

        // A client of librdkafka writes to standard error unless told otherwise.
        var configuration = MockCluster.NewConfiguration();
        _ = MockCluster.Configure(configuration, "log_level", "0", error, (nuint)error.Length);
        var client = MockCluster.NewClient(MockCluster.Producer, configuration, error, (nuint)error.Length);
        if (client == nint.Zero)
        {
            throw new InvalidOperationException($"the embedded Kafka does not start: {Encoding.UTF8.GetString(error[..error.IndexOf((byte)0)])}");
        }

        var cluster = MockCluster.New(client, brokers);
        if (cluster == nint.Zero)
        {
            MockCluster.DestroyClient(client);
            throw new InvalidOperationException("the embedded Kafka does not start: no free port on 127.0.0.1?");
        }

        // The first member of a group would otherwise wait three seconds for others.
        MockCluster.SetInitialRebalanceDelay(cluster, 100);
        return new EmbeddedKafka(client, cluster, brokers);
    }

    public void CreateTopic(string name, int partitions) =>
        Check(cluster => MockCluster.CreateTopic(cluster, name, partitions, _brokers), $"create the topic {name}");

    public void DeleteTopic(string name) => Check(cluster => MockCluster.DeleteTopic(cluster, name), $"delete the topic {name}");

    /// <summary>What is said of a topic to those who ask, for example that it is not theirs to read; <see cref="ErrorCode.NoError"/> ends it.</summary>
    public void SetTopicError(string name, ErrorCode error)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_cluster == nint.Zero, this);
            MockCluster.SetTopicError(_cluster, name, (int)error);
        }
    }

    /// <summary>Drops what is before the offset, as a broker's retention does.</summary>
    public void DeleteRecords(string topic, int partition, long beforeOffset) =>
        Check(cluster => MockCluster.DeleteRecords(cluster, topic, partition, beforeOffset), $"delete records of {topic}/{partition}");

    /// <summary>Closes the broker's port and its connections; topics and messages stay.</summary>
    /// <param name="broker">From 1.</param>
    public void SetBrokerDown(int broker = 1) => Check(cluster => MockCluster.SetBrokerDown(cluster, broker), $"stop broker {broker}");

    /// <param name="broker">From 1.</param>
    public void SetBrokerUp(int broker = 1) => Check(cluster => MockCluster.SetBrokerUp(cluster, broker), $"start broker {broker}");

    /// <summary>Clients that ask are sent to this address, for example of a front with TLS before it; the broker itself stays where it is.</summary>
    public void Advertise(string host, int port) => Check(cluster => MockCluster.SetAdvertised(cluster, 1, host, port), $"advertise {host}");

    /// <summary>The next requests of this kind are answered with these errors, one each; <see cref="ErrorCode.NoError"/> lets one pass.</summary>
    /// <param name="apiKey">As numbered in the Kafka protocol: 0 Produce, 1 Fetch, 8 OffsetCommit, 11 JoinGroup, 12 Heartbeat ...</param>
    /// <param name="errors">In the order they are used.</param>
    public void PushErrors(short apiKey, params ReadOnlySpan<ErrorCode> errors)
    {
        Span<int> codes = stackalloc int[errors.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            codes[i] = (int)errors[i];
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_cluster == nint.Zero, this);
            MockCluster.PushErrors(_cluster, apiKey, (nuint)codes.Length, codes);
        }
    }

    /// <summary>True for the cluster id of an embedded Kafka, whichever process it is in.</summary>
    internal static bool IsEmbedded(string? clusterId) => clusterId?.StartsWith(ClusterPrefix, StringComparison.Ordinal) == true;

    public void Dispose()
    {
        lock (_gate)
        {
            if (_cluster == nint.Zero)
            {
                return;
            }

            MockCluster.Destroy(_cluster);
            MockCluster.DestroyClient(_client);
            _cluster = nint.Zero;
        }
    }

    private void Check(Func<nint, int> call, string purpose)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_cluster == nint.Zero, this);
            var code = (ErrorCode)call(_cluster);
            if (code != ErrorCode.NoError)
            {
                throw new InvalidOperationException($"the embedded Kafka cannot {purpose}: {code.GetReason()}");
            }
        }
    }
}
