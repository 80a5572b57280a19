using System.Diagnostics;
using System.Net;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>A fault of ours parks nothing: while the database is away everything waits.</summary>
[Collection(FaultCollection.Name)]
public sealed class DatabaseDownTests(ITestOutputHelper output)
{
    private const int Messages = 20_000;

    [Fact]
    public Task PostgreSQL_stopped_for_3_s_in_mid_stream_parks_and_loses_nothing() => StopAsync(TimeSpan.FromSeconds(3));

    [Fact, Trait("Category", "Long")]
    public Task PostgreSQL_stopped_for_30_s_in_mid_stream_parks_and_loses_nothing() => StopAsync(TimeSpan.FromSeconds(30));

    private async Task StopAsync(TimeSpan outage)
    {
        Assert.SkipWhen(PostgreSqlBinaries.Find() is null, "PostgreSQL is not installed (no initdb)");
        await using var cluster = await PrivateCluster.StartAsync();
        await using var scene = await FaultScene.StartAsync(16, scene => [FaultScene.Hermes, scene.Recorder], database: cluster.ConnectionString);
        await scene.ProduceAsync(Messages);
        await using (var silo = await scene.StartSiloAsync())
        {
            await using var client = await TomClient.ConnectAsync(silo);
            var before = await FaultScene.SettledAsync(client, "hermes", 500);
            await cluster.StopAsync();
            Assert.True(before < Messages, "the outage came too late to be in mid-stream");
            using (var http = new HttpClient())
            using (var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{silo.Ports.Http}/readyz"), TestContext.Current.CancellationToken))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Contains("the database does not answer", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }

            // The outage itself is the event; nothing tells its end but the clock.
            await Task.Delay(outage, TestContext.Current.CancellationToken);
            await cluster.StartAgainAsync();
            var back = Stopwatch.StartNew();
            await scene.SettledAsync(client, "hermes", "recorder");
            output.WriteLine($"{Messages} messages, away for {outage.TotalSeconds} s after {before}, all handled {back.Elapsed.TotalSeconds:F1} s after it was back");
            Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
        }

        var verifier = (await scene.VerifyAsync()).AllHandled("hermes", "recorder").PointsAreStoredOnce();
        output.WriteLine($"{verifier.OfferedInOrder(scene.Journal)} offers repeated");
    }
}
