using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Operations;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Operations;

/// <summary>What can be seen of the TOM as a whole: from its status, and from what its silos say of themselves.</summary>
public static class ClusterChecks
{
    private const long ClockWarning = 2_000_000;

    /// <summary>One line for each thing in which the silos differ and must not.</summary>
    public static ImmutableArray<string> Differences(IEnumerable<SiloFacts> silos)
    {
        var all = silos.ToArray();
        var lines = ImmutableArray.CreateBuilder<string>();
        Tell("configuration", facts => facts.Configuration, "tom doctor names the settings; bring the same file to each host, then tom config reload, or restart those that differ");
        Tell("version", facts => facts.Version, "finish the upgrade");
        return lines.ToImmutable();

        void Tell(string what, Func<SiloFacts, string> valueOf, string advice)
        {
            var groups = all.GroupBy(valueOf).ToArray();
            if (groups.Length > 1)
            {
                lines.Add($"silos differ in {what}: {string.Join("; ", groups.Select(group => $"{string.Join(", ", group.Select(facts => facts.Name))} {(group.Count() == 1 ? "has" : "have")} {group.Key}"))}; {advice}");
            }
        }
    }

    /// <summary>The settings in which a silo differs from the first, one line each: <c>KEY: value in one, other in two</c>.</summary>
    public static IEnumerable<string> DifferingSettings(IReadOnlyList<(string Silo, ImmutableArray<string> Settings)> silos)
    {
        foreach (var other in silos.Skip(1))
        {
            var (first, second) = (Index(silos[0].Settings), Index(other.Settings));
            foreach (var key in first.Keys.Union(second.Keys).Order(StringComparer.Ordinal))
            {
                var (here, there) = (first.GetValueOrDefault(key, "absent"), second.GetValueOrDefault(key, "absent"));
                if (here != there)
                {
                    yield return $"{key}: {here} in {silos[0].Silo}, {there} in {other.Silo}";
                }
            }
        }

        static Dictionary<string, string> Index(ImmutableArray<string> settings) =>
            settings.Select(line => line.Split(" = ", 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");
    }

    public static IEnumerable<CheckResult> OfStatus(TomStatus status)
    {
        foreach (var silo in status.Silos.Where(silo => silo.State == "active" && silo.Facts is null))
        {
            yield return Warn("cluster", $"{silo.Name} at {silo.Address} does not answer", "look at its log; the others declare it dead if it stays so");
        }

        foreach (var stream in status.Streams)
        {
            var isWell = stream.State is "connected";
            yield return new(null, $"stream {stream.Id}", isWell ? CheckState.Ok : CheckState.Failed, stream.State, isWell ? null : "check the broker, the account and the way there; it is tried again by itself");
            foreach (var problem in stream.Problems)
            {
                yield return Warn($"stream {stream.Id}", problem, null);
            }
        }

        foreach (var result in status.Streams.SelectMany(stream => stream.Topics).SelectMany(OfTopic).Concat(status.Destinations.SelectMany(OfDestination)))
        {
            yield return result;
        }
    }

    /// <summary>Clocks that differ by more than the calls that asked for them took.</summary>
    /// <param name="readings">Silo, its clock and ours in the middle of the call, and how long the call took [us].</param>
    public static IEnumerable<CheckResult> OfClocks(IEnumerable<(string Silo, long There, long Here, long Took)> readings) =>
        from reading in readings
        let off = Math.Abs(reading.There - reading.Here) - reading.Took
        where off > ClockWarning
        select new CheckResult(reading.Silo, "clock", CheckState.Warning, $"differs from that of the silo that was asked by {Seconds(off)} s", "set both by NTP");

    /// <summary>That the table of leap seconds has ended. Streams (LSST's) and files count in TAI, and nobody can tell them from here.</summary>
    public static IEnumerable<CheckResult> OfLeapSeconds(long nowMicroseconds) => LeapSeconds.AreKnown(nowMicroseconds) ? [] :
    [
        new(null, "leap seconds", CheckState.Warning, $"{LeapSeconds.Known}: later times in TAI, TT, TDB or TCB are read with TAI - UTC = {LeapSeconds.Table[^1].TaiMinusUtc} s", "upgrade; a newer version may know more"),
    ];

    private static IEnumerable<CheckResult> OfTopic(TopicStatus topic)
    {
        foreach (var handler in topic.Handlers)
        {
            var subject = $"{topic.Name} {handler.Handler}";
            if (handler.State.StartsWith("failing", StringComparison.Ordinal) || handler.State.StartsWith("waiting", StringComparison.Ordinal))
            {
                yield return new(null, subject, CheckState.Failed, handler.State, "mend what it says; the handler goes on by itself where it stood");
            }

            if (handler.Books.Parked > 0)
            {
                yield return Warn(subject, $"{handler.Books.Parked} parked", $"tom parked --topic {topic.Name.Topic} --handler {handler.Handler} has the reasons");
            }

            if (handler.Books.Lost > 0)
            {
                yield return Warn(subject, $"{handler.Books.Lost} lost: the broker no longer had them", "ask the broker for a longer retention");
            }
        }
    }

    private static IEnumerable<CheckResult> OfDestination(DestinationStatus destination)
    {
        if (destination.Unconfirmed > 0)
        {
            yield return Warn($"destination {destination.Name}", $"{destination.Unconfirmed} unconfirmed shares", $"tom shares --destination {destination.Name} --state unconfirmed, and look for them there");
        }

        if (destination.State.StartsWith("backing off", StringComparison.Ordinal))
        {
            yield return Warn($"destination {destination.Name}", destination.State, "it is tried again by itself");
        }
    }

    private static string Seconds(long microseconds) => (microseconds / 1e6).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    private static CheckResult Warn(string subject, string finding, string? advice) => new(null, subject, CheckState.Warning, finding, advice);
}
