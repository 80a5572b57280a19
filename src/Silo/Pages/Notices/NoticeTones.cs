using TomOrleans.Notices;
using TomOrleans.Silo.Pages.Parts;

namespace TomOrleans.Silo.Pages.Notices;

/// <summary>How notices look, and where more is to be seen.</summary>
public static class NoticeTones
{
    public static ChipTone Of(Notice notice) =>
        !notice.IsOpen ? ChipTone.Good
        : !notice.IsNew ? ChipTone.Calm
        : notice.Level == NoticeLevel.Alarm ? ChipTone.Bad
        : ChipTone.Warn;

    public static string WordFor(Notice notice) => !notice.IsOpen ? "over" : !notice.IsNew ? "seen" : notice.Level == NoticeLevel.Alarm ? "alarm" : "warning";

    /// <summary>Null where nothing more is.</summary>
    public static string? LinkOf(Notice notice) => notice.Kind switch
    {
        "stream" or "lost" or "handler" => "streams",
        "parked" when notice.Subject.LastIndexOf('/') is > 0 and var slash =>
            $"parked?topic={Uri.EscapeDataString(notice.Subject[..slash])}&handler={Uri.EscapeDataString(notice.Subject[(slash + 1)..])}",
        "rejected" or "unconfirmed" => $"outbox?to={Uri.EscapeDataString(notice.Subject)}&state={notice.Kind}",
        "retracted" => $"outbox?to={Uri.EscapeDataString(notice.Subject)}",
        "destination" => "outbox",
        _ => null,
    };
}
