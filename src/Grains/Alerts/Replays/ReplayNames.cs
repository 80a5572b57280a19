using System.Globalization;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>The handler id under which a replay has its cursors and books: <c>hermes~replay-12</c>. The tilde is in no id of a configuration.</summary>
public static class ReplayNames
{
    private const char Mark = '~';

    public static string Of(string handler, long replay) => string.Create(CultureInfo.InvariantCulture, $"{handler}{Mark}replay-{replay}");

    public static bool IsReplay(string handler) => handler.Contains(Mark, StringComparison.Ordinal);

    /// <summary>The handler of the configuration.</summary>
    public static string HandlerOf(string handler) => handler.IndexOf(Mark, StringComparison.Ordinal) is var mark and > 0 ? handler[..mark] : handler;
}
