using System.Diagnostics;
using Confluent.Kafka;

namespace TomOrleans.Streams.Kafka.Tests;

public sealed class EmbeddedKafkaTests
{
    [Fact]
    public void Each_start_is_a_cluster_of_its_own()
    {
        using var one = EmbeddedKafka.Start();
        using var two = EmbeddedKafka.Start(brokers: 2);
        Assert.NotEqual(one.ClusterId, two.ClusterId);
        Assert.NotEqual(one.BootstrapServers, two.BootstrapServers);
        Assert.Equal(2, two.BootstrapServers.Split(',').Length);
    }

    [Fact]
    public void A_topic_has_the_partitions_it_was_created_with_until_it_is_deleted()
    {
        using var kafka = EmbeddedKafka.Start();
        kafka.CreateTopic("alerts", 3);
        using var admin = new AdminClientBuilder([new("bootstrap.servers", kafka.BootstrapServers)]).Build();
        Assert.Equal(3, admin.GetMetadata("alerts", TimeSpan.FromSeconds(10)).Topics.Single().Partitions.Count);

        Assert.Throws<InvalidOperationException>(() => kafka.CreateTopic("alerts", 3));
        kafka.DeleteTopic("alerts");
        Assert.DoesNotContain("alerts", admin.GetMetadata(TimeSpan.FromSeconds(10)).Topics.Select(topic => topic.Topic));
    }

    [Fact]
    public void It_uses_the_librdkafka_that_Confluent_Kafka_loaded()
    {
        using var kafka = EmbeddedKafka.Start();
        using var process = Process.GetCurrentProcess();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux lists all loaded libraries");
        Assert.Single(process.Modules.Cast<ProcessModule>(), module => module.FileName.Contains("librdkafka", StringComparison.Ordinal));
    }

    [Fact]
    public void After_its_end_it_says_so()
    {
        var kafka = EmbeddedKafka.Start();
        kafka.Dispose();
        kafka.Dispose();
        Assert.Throws<ObjectDisposedException>(() => kafka.CreateTopic("alerts", 1));
    }
}
