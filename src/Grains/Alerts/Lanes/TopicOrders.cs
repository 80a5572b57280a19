using TomOrleans.Storage.Control;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>What people ordered for a topic's handlers: an order for the whole topic and one for a handler both hold. Pure.</summary>
public sealed class TopicOrders(IReadOnlyList<ControlRow> rows)
{
    /// <summary>How the reason of what a person stopped begins.</summary>
    public const string Paused = "paused by ";

    /// <summary>Who paused the handler and since when, for people; null when nobody did.</summary>
    public string? PausedBy(string handler) =>
        Of(handler).Select(row => row.Pause).OfType<PauseOrder>().MinBy(pause => pause.Microseconds) is { } pause
            ? $"{Paused}{pause.By} since {DateTimeOffset.UnixEpoch.AddMicroseconds(pause.Microseconds):yyyy-MM-ddTHH:mm:ssZ}"
            : null;

    /// <summary>The newest order to seek that a cursor has not followed yet.</summary>
    /// <param name="handler">Its handler.</param>
    /// <param name="followed">The order it followed last, or when it was made [us since 1970, UTC].</param>
    public SeekOrder? SeekFor(string handler, long followed) =>
        Of(handler).Select(row => row.Seek).OfType<SeekOrder>().Where(seek => seek.Microseconds > followed).MaxBy(seek => seek.Microseconds);

    private IEnumerable<ControlRow> Of(string handler) => rows.Where(row => row.Handler.Length == 0 || row.Handler == handler);
}
