using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Output;

/// <summary>What became of parked messages that were retried or dropped.</summary>
internal static class ParkedFateOutput
{
    public static object Document(ParkedRetried retried) => new
    {
        retried.Handled,
        retried.Ignored,
        StillParked = Document(retried.StillParked),
        NotTried = Document(retried.NotTried),
        Finished = retried.Next is null,
    };

    public static object Document(ParkedDropped dropped) => new
    {
        dropped.Dropped,
        NotDropped = Document(dropped.NotDropped),
        Finished = dropped.Next is null,
    };

    public static void Show(Report report, ParkedRetried retried)
    {
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{retried.Handled:N0} handled, {retried.Ignored:N0} ignored, {retried.StillParked.Length:N0} still parked, {retried.NotTried.Length:N0} not tried"));
        Show(report, ("still parked", retried.StillParked), ("not tried", retried.NotTried));
        ShowEnd(report, retried.Next);
    }

    public static void Show(Report report, ParkedDropped dropped)
    {
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{dropped.Dropped:N0} dropped, {dropped.NotDropped.Length:N0} not dropped"));
        Show(report, ("not dropped", dropped.NotDropped));
        ShowEnd(report, dropped.Next);
    }

    private static void Show(Report report, params ReadOnlySpan<(string State, ImmutableArray<ParkedReason> Messages)> groups)
    {
        var table = new TextTable("#Id", "=State", "Reason");
        var isEmpty = true;
        foreach (var (state, messages) in groups)
        {
            foreach (var message in messages)
            {
                table.Row(message.Id.ToString(CultureInfo.InvariantCulture), state, message.Reason);
                isEmpty = false;
            }
        }

        if (!isEmpty)
        {
            table.Show(report);
        }
    }

    private static void ShowEnd(Report report, long? next)
    {
        if (next is not null)
        {
            report.Line("Stopped before the end; the others are as they were.");
        }
    }

    private static IEnumerable<object> Document(ImmutableArray<ParkedReason> reasons) =>
        reasons.Select(message => new { Id = message.Id.ToString(CultureInfo.InvariantCulture), message.Reason });
}
