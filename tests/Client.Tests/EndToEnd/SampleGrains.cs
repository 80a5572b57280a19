using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Notices;
using TomOrleans.Operations;
using TomOrleans.SkyEvents;

namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class SampleTomGrain(SampleTom tom) : Grain, ITomGrain
{
    public Task<TomStatus> GetStatusAsync() => Task.FromResult(tom.Status);

    public Task<ImmutableArray<CheckResult>> CheckAsync() => Task.FromResult<ImmutableArray<CheckResult>>(
    [
        new("one", "database", CheckState.Ok, "answers in 0.3 ms"),
        new(null, "stream hop", CheckState.Failed, "refused: no such user\u001b[31m", "check the account"),
        new("one", "clock", CheckState.Warning, "differs by 3.0 s", "set both by NTP"),
    ]);

    public Task<ReloadReport> ReloadAsync(bool dryRun) => Task.FromResult(new ReloadReport
    {
        Applied = dryRun ? [] : ["one", "two"],
        Faults = [],
        Changes = [new("DATA_SHARING.hermes.BASE_URL", "https://one.example/", "https://two.example/"), new("DATA_SHARING.hermes.HERMES_API_KEY", "(set)", "(set)")],
    });
}

public sealed class SampleTopicGrain : Grain, ITopicGrain
{
    public Task<TopicStatus> GetStatusAsync() => Task.FromResult(Sample.Topic);

    public Task<ImmutableArray<LostRange>> GetLostAsync() => Task.FromResult(Sample.Lost);

    public Task PauseAsync(string? handler) => Task.CompletedTask;

    public Task ResumeAsync(string? handler) => Task.CompletedTask;

    public Task SeekAsync(TopicSeek seek) => Task.CompletedTask;

    public Task ReportAsync(string silo, ImmutableArray<PartitionReport> partitions) => Task.CompletedTask;

    public Task ReportLatencyAsync(string silo, ImmutableArray<LatencyReport> handlers) => Task.CompletedTask;
}

public sealed class SampleNoticesGrain : Grain, INoticesGrain
{
    public Task<ImmutableArray<Notice>> ListAsync() => Task.FromResult<ImmutableArray<Notice>>([Sample.Notice, Sample.Notice with { Id = 9, EndedMicroseconds = Sample.Time }]);

    public Task<int> SeenAsync(ImmutableArray<long> ids) => Task.FromResult(ids.IsEmpty ? 1 : ids.Length);

    public Task LookAsync() => Task.CompletedTask;
}

public sealed class SampleSkyEventsGrain : Grain, ISkyEventsGrain
{
    /// <summary>Tells what was asked in the event's title.</summary>
    public Task<SkyEventPage> ListAsync(SkyEventQuery query) => Task.FromResult(new SkyEventPage(
        7, [Sample.SkyEvent with { Title = $"{query.Topic}|{query.SinceMicroseconds}|{query.Text}|{query.Kind}|{query.Target}|{query.Limit}|{query.Offset}" }]));

    public Task<SkyEventDetail> GetAsync(string id, int? version) => id == Sample.SkyEvent.Id && version is null or 1
        ? Task.FromResult(Sample.SkyEventDetail with { Version = Sample.SkyEventDetail.Versions[(version ?? 2) - 1] })
        : throw new TomException(TomFault.NotFound, $"There is no event '{id}'.");

    public Task<ImmutableArray<TargetSkyEvent>> OfTargetAsync(long targetId) =>
        Task.FromResult<ImmutableArray<TargetSkyEvent>>(targetId == Sample.BigId ? [Sample.TargetEvent] : []);
}

/// <summary>Tells of everything once, then of nothing more.</summary>
[Reentrant]
public sealed class SampleEventFeedGrain(SampleTom tom, IHostApplicationLifetime lifetime) : Grain, IEventFeedGrain
{
    private static readonly EventCursor Start = new(Guid.Empty, 7);

    public async Task<EventPage> NextAsync(EventCursor? since)
    {
        if (since is null)
        {
            return new([], Start, IsGap: false);
        }

        if (since == Start)
        {
            return new([.. Sample.Events], Start with { Next = 8 }, IsGap: true);
        }

        tom.EventsWereRead.TrySetResult();
        await Task.Delay(Timeout.Infinite, lifetime.ApplicationStopping);
        return new([], since.Value, IsGap: false);
    }
}

/// <summary>Knows the message <see cref="Sample.BigId"/> alone; asked for all, answers in two pages.</summary>
public sealed class SampleParkedGrain(SampleTom tom) : Grain, IParkedGrain
{
    public Task<ParkedPage> ListAsync(ParkedQuery query) => Task.FromResult(new ParkedPage(
        1, [Sample.Parked with { Handler = query.Handler ?? "hermes", Reason = $"{query.Topic ?? "any"}: unreadable" }]));

    public Task<ParkedDetail> GetAsync(long id) => id == Sample.BigId
        ? Task.FromResult(Sample.ParkedDetail)
        : throw new TomException(TomFault.NotFound, $"there is no parked message {id}; tom parked lists them");

    public Task<ParkedRetried> RetryAsync(ParkedSelection selection)
    {
        tom.ParkedSelections.Enqueue(selection);
        return Task.FromResult(new ParkedRetried
        {
            Handled = selection.Ids.Count(id => id == Sample.BigId) + (selection.All ? 2 : 0),
            StillParked = [.. selection.Ids.Where(id => id != Sample.BigId).Select(id => new ParkedReason(id, "still no \u001b[5mtime"))],
            Next = selection is { All: true, After: 0 } ? 7 : null,
        });
    }

    public Task<ParkedDropped> DropAsync(ParkedSelection selection)
    {
        tom.ParkedSelections.Enqueue(selection);
        return Task.FromResult(new ParkedDropped
        {
            Dropped = selection.Ids.Count(id => id == Sample.BigId) + (selection.All ? 2 : 0),
            NotDropped = [.. selection.Ids.Where(id => id != Sample.BigId).Select(id => new ParkedReason(id, "it was dropped before"))],
            Next = selection is { All: true, After: 0 } ? 7 : null,
        });
    }
}
