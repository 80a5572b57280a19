using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>Merges, removals and what was undone of them, as text and as JSON.</summary>
internal static class TargetUndoOutput
{
    public static object Document(TargetUndo undo) => new
    {
        Id = undo.Id.ToString(CultureInfo.InvariantCulture),
        undo.Kind,
        undo.Name,
        Into = undo.IntoName,
        undo.Points,
        At = TimeText.Exact(undo.AtMicroseconds),
        undo.By,
        Until = TimeText.Exact(undo.UntilMicroseconds),
    };

    public static object Document(TargetMerged merged) => new
    {
        Undo = Document(merged.Undo),
        MovedPoints = merged.Moved,
        CommonPoints = merged.Common,
        Target = TargetOutput.Document(merged.Target),
    };

    public static object Document(TargetUndone undone) => new { Target = TargetOutput.Document(undone.Target), undone.LostAliases };

    public static void Show(Report report, TargetMerged merged)
    {
        report.Line(SafeText.Line(
            $"{merged.Undo.Name} is merged into {merged.Target.Name}: {Counted.Of(merged.Moved, "point")} moved, {merged.Common:N0} in common, {Counted.Of(merged.Target.Points, "point")} now"));
        ShowUntil(report, merged.Undo);
    }

    public static void ShowRemoved(Report report, TargetUndo undo)
    {
        report.Line(SafeText.Line($"{undo.Name} is removed, with {Counted.Of(undo.Points, "point")}"));
        ShowUntil(report, undo);
    }

    public static void Show(Report report, TargetUndone undone)
    {
        report.Line(SafeText.Line($"{undone.Target.Name} is back, with {Counted.Of(undone.Target.Points, "point")}"));
        if (!undone.LostAliases.IsEmpty)
        {
            report.Line(SafeText.Line($"aliases that another target has now: {string.Join(", ", undone.LostAliases)}"));
        }
    }

    public static void ShowList(Report report, ImmutableArray<TargetUndo> undos)
    {
        if (undos.IsEmpty)
        {
            report.Line("Nothing was merged or removed in the last 30 days.");
            return;
        }

        var table = new TextTable("#Id", "What", "#Points", "=When", "By", "=Until");
        foreach (var undo in undos)
        {
            var what = undo.Kind == TargetUndoKind.Merge ? $"{undo.Name} merged into {undo.IntoName}" : $"{undo.Name} removed";
            table.Row(undo.Id.ToString(CultureInfo.InvariantCulture), what, undo.Points, TimeText.Short(undo.AtMicroseconds), undo.By, TimeText.Short(undo.UntilMicroseconds));
        }

        table.Show(report);
    }

    private static void ShowUntil(Report report, TargetUndo undo) =>
        report.Line($"until {TimeText.Short(undo.UntilMicroseconds)} it can be undone: tom target undo {undo.Id.ToString(CultureInfo.InvariantCulture)}");
}
