using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>A topic that is deleted and made again counts from 0 again, behind the cursors.</summary>
[Collection(FaultCollection.Name)]
public sealed class RecreatedTopicTests(ITestOutputHelper output)
{
    private const int Partitions = 4;

    [Theory]
    [InlineData(4_000, 400, true)]
    [InlineData(4_000, 400, false)]
    [InlineData(400, 4_000, false)]
    public async Task A_topic_deleted_and_made_again_is_read_from_its_start(int first, int second, bool whileRunning)
    {
        await using var scene = await FaultScene.StartAsync(Partitions, scene => [FaultScene.Hermes, scene.Recorder]);
        await scene.ProduceAsync(first);
        var silo = await scene.StartSiloAsync();
        var client = await TomClient.ConnectAsync(silo);
        try
        {
            await scene.SettledAsync(client, "hermes", "recorder");
            if (!whileRunning)
            {
                await client.DisposeAsync();
                Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
            }

            await scene.Kafka.DeleteTopicAsync(FaultScene.Topic);
            await scene.Kafka.CreateTopicAsync(FaultScene.Topic, Partitions);
            await scene.ProduceAsync(second);
            if (!whileRunning)
            {
                silo = await scene.StartSiloAsync();
                client = await TomClient.ConnectAsync(silo);
            }

            await scene.SettledAsync(client, "hermes", "recorder");
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            await client.DisposeAsync();
            await silo.DisposeAsync();
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        verifier.OfferedInOrder(scene.Journal);
        output.WriteLine($"{first} messages, then {second} in the topic made again {(whileRunning ? "beside the silo" : "while it was away")}: all handled");
    }
}
