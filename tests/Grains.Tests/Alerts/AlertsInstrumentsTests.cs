using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Tests.Alerts.Lanes;
using TomOrleans.Storage.Cursors;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class AlertsInstrumentsTests
{
    [Fact]
    public async Task What_is_lost_and_what_is_handled_is_counted_apart()
    {
        using var scene = new Scene();
        await scene.BeginAsync((new ScriptedHandler(answersAtOnce: true), "log", 0));

        await scene.DeliverAsync(0, 5);
        await scene.TurnAsync(async () =>
        {
            await scene.Lanes.Single().Cursor.GoToFirstAsync(8);
            return 0;
        });

        Assert.Equal(5, scene.Meters["tom.alerts.messages survey/alerts log handled"]);
        Assert.Equal(3, scene.Meters["tom.alerts.messages survey/alerts log lost"]);
    }

    [Fact]
    public async Task A_handler_that_is_let_go_shows()
    {
        using var scene = new Scene();
        var slow = new ScriptedHandler();
        await scene.BeginAsync((new ScriptedHandler(answersAtOnce: true), "log", 5), (slow, "slow", 0));
        scene.Board.Put(Scene.Partition, scene.Fan!);

        Assert.Equal(1, scene.Meters["tom.alerts.lanes.away survey/alerts slow behind"]);
        Assert.Null(scene.Meters["tom.alerts.lanes.away survey/alerts log live"]);
    }

    [Fact]
    public async Task What_waits_parked_is_counted_from_the_books()
    {
        await using var tom = await LiveTom.StartAsync();
        tom.Mood.Expect(_ => Task.FromResult(Verdict.Parked("bad")));
        await tom.PublishAsync(8);
        await tom.Alerts.ReachesAsync("tom.alerts.messages live/alerts moody parked", 8);

        var services = tom.Cluster.Silos[0].ServiceProvider;
        var gauge = new ParkedGauge(services.GetRequiredService<CursorTable>(), services.GetRequiredService<AlertsInstruments>(), TimeProvider.System, NullLogger<ParkedGauge>.Instance);
        await gauge.CountAsync(TestContext.Current.CancellationToken);

        Assert.Equal(8, tom.Alerts["tom.alerts.parked live/alerts moody"]);
        Assert.Null(tom.Alerts["tom.alerts.parked live/alerts log"]);
    }
}
