using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TomOrleans.Grains.Security;
using TomOrleans.Notices;
using TomOrleans.Storage.Notices;

namespace TomOrleans.Grains.Notices;

/// <summary>Keeps the notices of the cluster: looks, stores what changed, tells the webhook. The table is the truth, the rows in memory its copy.</summary>
[GrainType("notices")]
public sealed partial class NoticesGrain(NoticeTable table, NoticeScout scout, NoticeTeller teller, NoticeOptions options, TimeProvider time, ILogger<NoticesGrain> log) : Grain, INoticesGrain
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private Task<Dictionary<(string Kind, string Subject), NoticeRow>>? _loading;
    private long? _looked;

    public async Task<ImmutableArray<Notice>> ListAsync()
    {
        var since = Clock.Microseconds(time) - (long)Remembered.TotalMicroseconds;
        return
        [
            .. (await RowsAsync()).Values.Select(Of).Where(notice => notice.IsOpen || notice.EndedMicroseconds >= since)
                .OrderByDescending(notice => notice.IsNew).ThenByDescending(notice => notice.IsOpen).ThenByDescending(notice => notice.EndedMicroseconds ?? notice.LastMicroseconds),
        ];
    }

    public async Task<int> SeenAsync(ImmutableArray<long> ids)
    {
        var rows = (await RowsAsync()).Values.ToList();
        if (ids.Except(rows.Select(row => row.Id)).ToList() is [var unknown, ..])
        {
            throw new TomException(TomFault.NotFound, $"There is no notice {unknown}; see: tom notices");
        }

        var now = Clock.Microseconds(time);
        var by = RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM";
        var seen = rows.Where(row => (ids.IsEmpty || ids.Contains(row.Id)) && Of(row).IsNew).Select(row => NoticeLedger.Seen(row, by, now)).ToList();
        await SaveAsync(seen);
        return seen.Count;
    }

    public async Task LookAsync()
    {
        if (_looked is { } before && time.GetElapsedTime(before) < options.Period * 0.8)
        {
            return;
        }

        _looked = time.GetTimestamp();
        var conditions = await scout.LookAsync();
        var changed = NoticeLedger.Update((await RowsAsync()).Values, teller.Trouble is { } trouble ? [.. conditions, trouble] : conditions, Clock.Microseconds(time));
        foreach (var row in await SaveAsync(changed))
        {
            LogChanged(row.EndedMicroseconds is null ? "open" : "over", row.Text);
        }

        await SaveAsync(await teller.TellAsync((await RowsAsync()).Values));
    }

    private Task<Dictionary<(string Kind, string Subject), NoticeRow>> RowsAsync()
    {
        if (_loading is null or { IsFaulted: true } or { IsCanceled: true })
        {
            _loading = LoadAsync();
        }

        return _loading;
    }

    private async Task<Dictionary<(string Kind, string Subject), NoticeRow>> LoadAsync() => (await table.ReadAllAsync()).ToDictionary(row => (row.Kind, row.Subject));

    private async Task<IReadOnlyList<NoticeRow>> SaveAsync(IReadOnlyList<NoticeRow> changed)
    {
        if (changed.Count == 0)
        {
            return [];
        }

        var rows = await RowsAsync();
        var saved = await table.SaveAsync(changed);
        foreach (var row in saved)
        {
            rows[(row.Kind, row.Subject)] = row;
        }

        return saved;
    }

    private static Notice Of(NoticeRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Subject = row.Subject,
        Level = (NoticeLevel)row.Level,
        Text = row.Text,
        Count = row.Count,
        SinceMicroseconds = row.SinceMicroseconds,
        LastMicroseconds = row.LastMicroseconds,
        EndedMicroseconds = row.EndedMicroseconds,
        SeenMicroseconds = row.SeenMicroseconds,
        SeenBy = row.SeenBy,
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "Notice {State}: {Text}")]
    private partial void LogChanged(string state, string text);
}
