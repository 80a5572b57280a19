using TomOrleans.Storage.Notices;

namespace TomOrleans.Grains.Notices;

/// <summary>What becomes of the notices when things are so. Pure.</summary>
public static class NoticeLedger
{
    /// <summary>The rows that change, as they are then.</summary>
    /// <param name="rows">All, one a thing.</param>
    /// <param name="conditions">All that is wrong now.</param>
    /// <param name="now">[us since 1970, UTC]</param>
    public static IReadOnlyList<NoticeRow> Update(IReadOnlyCollection<NoticeRow> rows, IReadOnlyCollection<NoticeCondition> conditions, long now)
    {
        var known = rows.ToDictionary(row => (row.Kind, row.Subject));
        var changed = new List<NoticeRow>();
        foreach (var condition in conditions)
        {
            var before = known.GetValueOrDefault((condition.Kind, condition.Subject));
            known.Remove((condition.Kind, condition.Subject));
            var after = With(before, condition, now);
            if (after is not null && after != before)
            {
                changed.Add(after);
            }
        }

        changed.AddRange(known.Values.Where(row => row.EndedMicroseconds is null).Select(row => row with { EndedMicroseconds = now }));
        return changed;
    }

    /// <summary>Somebody has seen it as it is.</summary>
    public static NoticeRow Seen(NoticeRow row, string by, long now) => row with { SeenMicroseconds = now, SeenBy = by, SeenMark = row.Mark };

    private static NoticeRow? With(NoticeRow? before, NoticeCondition condition, long now)
    {
        if (condition.IsPast && before is not null && condition.Mark <= before.SeenMark)
        {
            // Fewer than were seen: some were sent again and arrived.
            return before with { EndedMicroseconds = before.EndedMicroseconds ?? now, SeenMark = condition.Mark, Mark = condition.Mark, Count = condition.Count };
        }

        if (before is null || before.EndedMicroseconds is not null)
        {
            return new()
            {
                Id = before?.Id ?? 0,
                Kind = condition.Kind,
                Subject = condition.Subject,
                Level = (int)condition.Level,
                Text = condition.Text,
                Count = condition.Count,
                Mark = condition.Mark,
                SinceMicroseconds = now,
                LastMicroseconds = now,
                SeenMark = before?.SeenMark ?? 0,
                ToldMicroseconds = before?.ToldMicroseconds,
                ToldMark = before?.ToldMark ?? 0,
                WasToldOpen = before?.WasToldOpen ?? false,
            };
        }

        var isWorse = condition.Mark > before.Mark || condition.Count > before.Count;
        return before with
        {
            Level = (int)condition.Level,
            Text = condition.Text,
            Count = condition.Count,
            Mark = condition.Mark,
            LastMicroseconds = isWorse ? now : before.LastMicroseconds,
            SeenMicroseconds = isWorse ? null : before.SeenMicroseconds,
            SeenBy = isWorse ? null : before.SeenBy,
        };
    }
}
