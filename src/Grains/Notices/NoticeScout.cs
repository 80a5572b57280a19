using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Sharing;
using TomOrleans.Notices;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Sharing.Retractions;

namespace TomOrleans.Grains.Notices;

/// <summary>Finds what is wrong now, from the books, the outbox and the states of the streams: what a lost event would hide is seen all the same.</summary>
public sealed class NoticeScout(StreamCatalog catalog, DestinationReader destinations, ParkedTable parked, CursorTable cursors, RetractionTable retractions, IGrainFactory grains, TimeProvider time)
{
    public const string StreamKind = "stream", ParkedKind = "parked", LostKind = "lost", HandlerKind = "handler", DestinationKind = "destination", RejectedKind = "rejected", UnconfirmedKind = "unconfirmed", RetractedKind = "retracted", SiloKind = "silo";

    /// <summary>What has not gone on for so long is worth a look.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Since when a stream has not been connected, or a handler not gone on, as seen from here.</summary>
    private readonly Dictionary<string, long> _away = [];

    /// <summary>One call at a time.</summary>
    public async Task<IReadOnlyList<NoticeCondition>> LookAsync()
    {
        var found = new List<NoticeCondition>();
        foreach (var silo in await LostSilos.ReadAsync(grains, time))
        {
            found.Add(new(SiloKind, silo.Name, NoticeLevel.Alarm, $"{char.ToUpperInvariant(silo.Words[0])}{silo.Words[1..]}", 1, silo.At.ToUnixTimeSeconds()));
        }

        foreach (var stream in catalog.Streams)
        {
            if (StreamCondition(stream.Id, await grains.Stream(stream.Id).GetStateAsync()) is { } condition)
            {
                found.Add(condition);
            }

            found.AddRange(HandlerConditions(stream.Id, await grains.Stream(stream.Id).GetTroublesAsync()));
        }

        foreach (var count in await parked.CountsAsync())
        {
            found.Add(new(
                ParkedKind, $"{count.Stream}/{count.Topic}/{count.Handler}", NoticeLevel.Warning,
                $"{Messages(count.Waiting)} of {count.Stream}/{count.Topic} parked for {count.Handler}; the last: {OneLine.Of(count.LastReason)}", count.Waiting, count.LastId));
        }

        foreach (var (stream, topic, handler, lost) in await cursors.LostAsync())
        {
            found.Add(new(
                LostKind, $"{stream}/{topic}/{handler}", NoticeLevel.Alarm,
                $"{Messages(lost)} of {stream}/{topic} lost for {handler}: the broker threw them away before they were read", lost, lost, IsPast: true));
        }

        foreach (var (destination, shares, last) in await retractions.OpenAsync())
        {
            found.Add(new(
                RetractedKind, destination, NoticeLevel.Warning, $"{Shares(shares)} to {destination} {(shares == 1 ? "holds" : "hold")} what others have withdrawn since: tom retractions", shares, last,
                IsPast: true));
        }

        foreach (var destination in await destinations.ReadAsync())
        {
            found.AddRange(Conditions(destination));
        }

        return found;
    }

    internal static IEnumerable<NoticeCondition> Conditions(TomOrleans.Sharing.DestinationStatus destination)
    {
        if (destination.State.StartsWith("paused:", StringComparison.Ordinal))
        {
            yield return new(DestinationKind, destination.Name, NoticeLevel.Alarm, $"{destination.Name} is {OneLine.Of(destination.State)}", 1, 1);
        }

        if (destination.Rejected > 0)
        {
            yield return new(
                RejectedKind, destination.Name, NoticeLevel.Alarm, $"{Shares(destination.Rejected)} rejected by {destination.Name}: tom shares --destination {destination.Name} --state rejected",
                destination.Rejected, destination.Rejected, IsPast: true);
        }

        if (destination.Unconfirmed > 0)
        {
            yield return new(
                UnconfirmedKind, destination.Name, NoticeLevel.Alarm,
                $"{Shares(destination.Unconfirmed)} to {destination.Name} unconfirmed, nobody can say whether they arrived: tom shares --destination {destination.Name} --state unconfirmed",
                destination.Unconfirmed, destination.Unconfirmed);
        }
    }

    private NoticeCondition? StreamCondition(string id, string state)
    {
        var kind = state.Split(':')[0];
        if (kind == "connected")
        {
            _away.Remove(id);
            return null;
        }

        if (kind is "refused" or "failing")
        {
            return new(StreamKind, id, NoticeLevel.Alarm, $"The stream {id} is {OneLine.Of(state)}", 1, (long)NoticeLevel.Alarm);
        }

        if (kind == "silent")
        {
            return new(StreamKind, id, NoticeLevel.Warning, $"The stream {id} is {OneLine.Of(state)}", 1, (long)NoticeLevel.Warning);
        }

        return IsLong(id)
            ? new(StreamKind, id, NoticeLevel.Alarm, $"The stream {id} is {OneLine.Of(state)}", 1, (long)NoticeLevel.Alarm)
            : null;
    }

    private List<NoticeCondition> HandlerConditions(string stream, IReadOnlyCollection<StreamTrouble> troubles)
    {
        var now = troubles.ToDictionary(trouble => $"{stream}/{trouble.Topic}/{trouble.Handler ?? "*"}");
        foreach (var gone in _away.Keys.Where(key => key.StartsWith($"{stream}/", StringComparison.Ordinal) && !now.ContainsKey(key)).ToList())
        {
            _away.Remove(gone);
        }

        return
        [
            .. now.Where(pair => IsLong(pair.Key)).Select(pair => new NoticeCondition(
                HandlerKind, pair.Key, NoticeLevel.Alarm,
                pair.Value is { Handler: { } handler } ? $"The handler {handler} of {stream}/{pair.Value.Topic} is {OneLine.Of(pair.Value.Reason)}" : $"{stream}/{pair.Value.Topic} waits: {OneLine.Of(pair.Value.Reason)}",
                1, 1)),
        ];
    }

    private bool IsLong(string what)
    {
        _away.TryAdd(what, time.GetTimestamp());
        return time.GetElapsedTime(_away[what]) >= Patience;
    }

    private static string Messages(long count) => $"{count:N0} {(count == 1 ? "message" : "messages")}";

    private static string Shares(long count) => $"{count:N0} {(count == 1 ? "share" : "shares")}";
}
