using System.Diagnostics;
using Npgsql;
using TomOrleans.Integration.Tests.Faults;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>Where one handler stands in one partition, by the database.</summary>
public sealed record Progress(string Topic, int Partition, string Handler, long NextOffset, long Settled, string Owner);

/// <summary>What became of the night: judged by the database, the broker's receipts and what Hermes was sent, not by what silos say of themselves.</summary>
public sealed class Verdict(NamespacedHosts hosts)
{
    private const string AllProgress = "select topic, partition, handler, next_offset, handled + ignored + parked + dropped + lost, owner from handler_cursor where topic like '%night.%'";
    private const int Lanes = NamespacedHosts.Partitions * 2;

    /// <summary>The slowest that anything here may be.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>How long it takes from now until every handler has handled, in every partition of every topic, a message that comes only after this call.</summary>
    public async Task<TimeSpan> FlowingAsync()
    {
        var watch = Stopwatch.StartNew();
        var ends = hosts.Ledger.All.GroupBy(message => (message.Topic, message.Partition)).ToDictionary(group => group.Key, group => group.Max(message => message.Offset));
        await WhenAsync(
            rows => rows.Count == Lanes * NamespacedHosts.Topics.Length && rows.All(row => row.NextOffset > ends.GetValueOrDefault((row.Topic, row.Partition), -1) + 1),
            "every topic flowing");
        return watch.Elapsed;
    }

    /// <summary>Returns when the partitions are shared evenly by these. One more than these is shared too: that of the topic which Hermes publishes on, so that they may differ by two.</summary>
    public Task OwnedAsync(params Host[] owners) => WhenAsync(
        rows =>
        {
            var shares = rows.Where(row => row.Handler == "hermes").CountBy(row => row.Owner).ToDictionary();
            return shares.Count == owners.Length && owners.All(owner => shares.ContainsKey(owner.Name)) && shares.Values.Max() - shares.Values.Min() <= 2;
        },
        $"the partitions shared by {string.Join(", ", owners.Select(owner => owner.Name))}");

    /// <summary>
    /// Every message handled once by each handler, none lost or parked; its point stored once, no other; every point of the shared targets published once. Waits until that can be said.
    /// </summary>
    public async Task AssertNothingLostOrDoubledAsync()
    {
        var produced = hosts.Ledger.All.CountBy(message => message.Topic).ToDictionary();
        var settled = await WhenAsync(
            rows => rows.GroupBy(row => (row.Topic, row.Handler)).Count(group => group.Sum(row => row.NextOffset) == produced[group.Key.Topic]) == 2 * NamespacedHosts.Topics.Length,
            $"all {hosts.Ledger.Count} messages behind every cursor");
        Assert.DoesNotContain(settled, row => row.NextOffset != row.Settled);
        foreach (var topic in NamespacedHosts.Topics)
        {
            new Verifier(hosts.Ledger, topic, await Books.ReadPostgreSqlAsync(hosts.ConnectionString, topic)).AllHandled("hermes", "log").PointsAreStoredOnce();
        }

        var shared = hosts.Ledger.Points.Where(point => NamespacedHosts.SharedTargets.Any(target => point.StartsWith(target + " ", StringComparison.Ordinal))).ToArray();
        await WaitAsync(() => Task.FromResult(hosts.Hermes.Points.Count >= shared.Length), () => $"{shared.Length} points at Hermes, which has {hosts.Hermes.Points.Count}");
        Assert.Equal(shared, hosts.Hermes.Points.Order(StringComparer.Ordinal));
    }

    public Task<List<Progress>> WhenAsync(Func<List<Progress>, bool> fits, string what)
    {
        List<Progress> last = [];
        return WaitForAsync();

        async Task<List<Progress>> WaitForAsync()
        {
            await WaitAsync(async () => fits(last = await ProgressAsync()), () => $"{what}. Last seen:\n{string.Join('\n', last.OrderBy(row => (row.Topic, row.Partition, row.Handler)))}");
            return last;
        }
    }

    /// <summary>None while the server is away.</summary>
    public async Task<List<Progress>> ProgressAsync()
    {
        var rows = new List<Progress>();
        try
        {
            await using var command = hosts.Database.CreateCommand(AllProgress);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetString(5)));
            }
        }
        catch (NpgsqlException)
        {
            rows.Clear();
        }

        return rows;
    }

    /// <summary>A database sends no events for all this, so it is asked.</summary>
    private static async Task WaitAsync(Func<Task<bool>> fits, Func<string> what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = new CancellationTokenSource(Limit);
        while (!await fits())
        {
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not seen within {Limit}: {what()}");
            }
        }
    }
}
