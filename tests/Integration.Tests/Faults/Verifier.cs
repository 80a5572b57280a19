using System.Globalization;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>Holds what the silo left behind against what was produced, by count and by id.</summary>
/// <param name="ledger">What was produced.</param>
/// <param name="topic">Where.</param>
/// <param name="books">What the database holds.</param>
public sealed class Verifier(Ledger ledger, string topic, Books books)
{
    private readonly Produced[] _produced = [.. ledger.All.Where(message => message.Topic == topic)];

    /// <summary>What was produced is handled, ignored, parked, dropped or lost, each message once.</summary>
    public Verifier Balances(params string[] handlers)
    {
        foreach (var found in handlers.Select(handler => books[handler]))
        {
            Assert.True(found.Settled == _produced.Length, $"{_produced.Length} were produced, {found.Settled} have a fate: {found}");
            Assert.True(found.Consumed == found.Handled + found.Ignored + found.Parked + found.Dropped, $"the books do not balance: {found}");
        }

        return this;
    }

    /// <summary>Nothing parked, nothing lost.</summary>
    public Verifier AllHandled(params string[] handlers)
    {
        Balances(handlers);
        foreach (var found in handlers.Select(handler => books[handler]))
        {
            var parked = string.Join("; ", books.Parked.Where(row => row.Handler == found.Handler).Select(row => row.Reason).Distinct());
            Assert.True(found.Handled == _produced.Length, $"{_produced.Length} were produced, {found.Handled} are handled: {found}; parked: {parked}");
        }

        return this;
    }

    /// <summary>The point of each message is stored, once; no other is.</summary>
    public Verifier PointsAreStoredOnce()
    {
        Assert.Empty(books.Points.GroupBy(point => point).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Equal(ledger.Points, books.Points);
        return this;
    }

    /// <summary>The poisoned messages are parked, and no other is.</summary>
    public Verifier PoisonIsParked(string handler)
    {
        var poisoned = ledger.Poisoned.Where(message => message.Topic == topic).Select(message => (message.Partition, message.Offset)).Order();
        var parked = books.Parked.Where(row => row.Handler == handler).Select(row => (row.Partition, row.Offset)).Order();
        Assert.Equal(poisoned, parked);
        return this;
    }

    /// <summary>
    /// The journal of a handler holds each message that it could be offered; within each key their first offers came in the order of producing (a key is in one partition, unless the test put
    /// its messages in several).
    /// </summary>
    /// <param name="journal">The file that option JOURNAL of the handler names.</param>
    /// <param name="never">How many messages it was never offered: lost ones, and unreadable ones.</param>
    /// <returns>How many offers were repeats.</returns>
    public int OfferedInOrder(string journal, long never = 0)
    {
        var known = _produced.ToDictionary(message => message.Id);
        var seen = new HashSet<Guid>();
        var last = new Dictionary<(string Key, int Partition), int>();
        var repeats = 0;
        foreach (var line in File.ReadLines(journal).Select(line => line.Split(' ')).Where(words => words[0] == topic))
        {
            var message = known[Guid.Parse(line[3])];
            Assert.Equal((message.Partition, message.Offset), (int.Parse(line[1], CultureInfo.InvariantCulture), long.Parse(line[2], CultureInfo.InvariantCulture)));
            if (!seen.Add(message.Id))
            {
                repeats++;
                continue;
            }

            var before = last.GetValueOrDefault((message.Key, message.Partition));
            Assert.True(message.Number > before, $"message {message.Number} of {message.Key} was offered after {before}");
            last[(message.Key, message.Partition)] = message.Number;
        }

        Assert.Equal(_produced.Length - never, seen.Count);
        return repeats;
    }
}
