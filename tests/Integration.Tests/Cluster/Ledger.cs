using System.Globalization;

namespace TomOrleans.Integration.Tests.Cluster;

/// <summary>The end of every fault test: what was produced is what the database has, by count and by point.</summary>
public static class Ledger
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly string[] Handlers = ["hermes", "log", "recorder"];

    public static async Task BalanceAsync(ClusterScene scene, List<string> produced)
    {
        var cursors = await scene.Database.CursorsWhenAsync(
            all => Handlers.All(handler => all.Where(cursor => cursor.Handler == handler).Sum(cursor => cursor.NextOffset) == produced.Count),
            $"all handlers at the end, {produced.Count} messages", Limit);

        foreach (var handler in Handlers)
        {
            var books = cursors.Where(cursor => cursor.Handler == handler).ToList();
            Assert.All(books, cursor => Assert.True(cursor.IsBalanced, cursor.ToString()));
            Assert.Equal(
                (produced.Count, produced.Count, 0L, 0L, 0L, 0L),
                (books.Sum(cursor => cursor.Consumed), books.Sum(cursor => cursor.Handled), books.Sum(cursor => cursor.Ignored), books.Sum(cursor => cursor.Parked),
                    books.Sum(cursor => cursor.Dropped), books.Sum(cursor => cursor.Lost)));
        }

        Assert.Equal(produced, await scene.Database.PointsAsync());
        AssertOffered(scene, produced.Count);
    }

    /// <summary>Whoever read them: of each partition every message was offered, the first time after all before it.</summary>
    private static void AssertOffered(ClusterScene scene, int produced)
    {
        var next = new long[ClusterScene.Partitions];
        var offers = Directory.EnumerateFiles(scene.Journals).SelectMany(File.ReadLines).Select(line => line.Split(' '))
            .Select(words => (Partition: Number(words[1]), Offset: Number(words[2]), At: Number(words[4]))).OrderBy(offer => offer.At).ThenBy(offer => offer.Offset);
        foreach (var (partition, offset, _) in offers.Where(offer => offer.Offset >= next[offer.Partition]))
        {
            Assert.True(offset == next[partition], $"message {offset} of partition {partition} was offered before {next[partition]}");
            next[partition]++;
        }

        Assert.Equal(produced, next.Sum());

        static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
    }

    /// <summary>Partitions by the silo that owns them.</summary>
    public static Dictionary<string, int> Shares(IEnumerable<StoredCursor> cursors) =>
        cursors.Where(cursor => cursor.Handler == "hermes").GroupBy(cursor => cursor.Owner).ToDictionary(owner => owner.Key, owner => owner.Count());
}
