using System.Globalization;
using TomOrleans.Notices;

namespace TomOrleans.Client.Output;

/// <summary>Notices as tables and as JSON.</summary>
internal static class NoticeOutput
{
    public static object Document(Notice notice) => new
    {
        Id = notice.Id.ToString(CultureInfo.InvariantCulture),
        notice.Kind,
        notice.Subject,
        notice.Level,
        State = StateOf(notice),
        notice.Text,
        notice.Count,
        Since = TimeText.Exact(notice.SinceMicroseconds),
        Last = TimeText.Exact(notice.LastMicroseconds),
        Ended = TimeText.Exact(notice.EndedMicroseconds),
        Seen = TimeText.Exact(notice.SeenMicroseconds),
        notice.SeenBy,
    };

    public static void Show(Report report, IReadOnlyCollection<Notice> notices, DateTimeOffset now)
    {
        if (notices.Count == 0)
        {
            report.Line("No notices: nothing is wrong that a person should know of.");
            return;
        }

        Table(report, notices, now);
    }

    /// <summary>In the status: nothing where there are none.</summary>
    public static void ShowOpen(Report report, IReadOnlyCollection<Notice> notices, DateTimeOffset now)
    {
        if (notices.Count > 0)
        {
            Table(report, notices, now);
        }
    }

    private static void Table(Report report, IReadOnlyCollection<Notice> notices, DateTimeOffset now)
    {
        var table = new TextTable("#Notice", "=State", "What is wrong", "=Since", "=Last");
        foreach (var notice in notices)
        {
            table.Row(
                notice.Id.ToString(CultureInfo.InvariantCulture),
                notice.IsNew && notice.Level == NoticeLevel.Alarm ? Cell.State(StateOf(notice)) : StateOf(notice),
                notice.Text,
                TimeText.Age(notice.SinceMicroseconds, now),
                TimeText.Age(notice.LastMicroseconds, now));
        }

        table.Show(report);
    }

    private static string StateOf(Notice notice) => !notice.IsOpen ? "over" : !notice.IsNew ? "seen" : notice.Level == NoticeLevel.Alarm ? "alarm" : "warning";
}
