using TomOrleans.Grains.Sharing;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using TomOrleans.Testing.PostgreSql;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>
/// Two silos that each believe to be the one that sends, on one PostgreSQL database. Between them stands nothing but the lease and what is noted: the worst that a network can do to a cluster.
/// </summary>
public sealed class TwoSilosTests(PostgreSqlServer server) : IAsyncDisposable
{
    private const int Shares = 10;
    private readonly SharingScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Silo_that_is_cut_off_from_the_database_in_the_middle_of_a_submission_doubles_nothing_and_the_other_goes_on()
    {
        if (await server.StartAsync() is { } reason)
        {
            Assert.Skip(reason);
        }

        var hermes = await _scene.StartHermesAsync();
        var connection = await server.CreateDatabaseAsync();
        await using var way = new CuttableWay(connection);
        var options = Options(hermes) with { SendTimeout = TimeSpan.FromSeconds(2), Lease = TimeSpan.FromSeconds(5), LookUpPatience = TimeSpan.FromMinutes(1) };
        var cutOff = await _scene.StartClusterOnAsync(way.ConnectionString, options);
        var other = await _scene.StartClusterOnAsync(connection, options);
        for (var i = 0; i < Shares; i++)
        {
            await cutOff.AddTargetAsync($"T{i}", A.Point);
        }

        _scene.Published.Close();
        await cutOff.Grains.Sharing("hermes").ShareAsync(Request("T0"));
        await _scene.Published.Entered;
        for (var i = 1; i < Shares; i++)
        {
            await cutOff.Grains.Sharing("hermes").ShareAsync(Request($"T{i}"));
        }

        way.Cut();
        _scene.Published.Open();
        await other.Get<OutboxSweeper>().SweepAsync();
        for (var i = 0; i < Shares; i++)
        {
            Assert.Equal(ShareState.Delivered, await other.Outcomes.NextEndAsync($"share {i} by the other silo"));
        }

        way.Mend();
        await WithoutFaultAsync(() => cutOff.Grains.Sharing("hermes").ResumeAsync());
        var delivered = await other.Grains.Shares().ListAsync(new() { State = ShareState.Delivered });

        Assert.Equal(Shares, delivered.Total);
        Assert.All(delivered.Shares, share => Assert.Equal(1, share.Attempts));
        Assert.Equal(Shares, _scene.Published.Messages.Count);
        Assert.Equal(Shares, hermes.Requests.Submissions.Count);
        Assert.Null(await other.Get<OutboxTable>().NextDueAsync("hermes"));
    }

    /// <summary>Connections that were cut are noticed one by one.</summary>
    private static async Task WithoutFaultAsync(Func<Task> work)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (TomException fault) when (fault.Fault == TomFault.Unavailable && attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }
}
