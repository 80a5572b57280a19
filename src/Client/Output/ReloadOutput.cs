using TomOrleans.Operations;

namespace TomOrleans.Client.Output;

/// <summary>What a reload changed, as a table and as JSON.</summary>
internal static class ReloadOutput
{
    public static object Document(ReloadReport report, bool isDryRun) => new
    {
        DryRun = isDryRun,
        report.Applied,
        report.Faults,
        Changes = report.Changes.Select(change => new { change.Key, change.Before, change.After }),
    };

    public static void Show(Report report, ReloadReport reload, bool isDryRun)
    {
        if (reload.Changes.IsEmpty)
        {
            report.Line(reload.Faults.IsEmpty ? "The files are what runs: nothing changes." : "Nothing was changed.");
            return;
        }

        var table = new TextTable("Key", "Before", "After");
        foreach (var change in reload.Changes)
        {
            table.Row(change.Key, change.Before ?? "", change.Before == change.After ? "(another one)" : change.After ?? "");
        }

        table.Show(report);
        report.Line(SafeText.Line(isDryRun ? "Nothing was changed yet: run it without --dry-run."
            : reload.Applied.IsEmpty ? "Nothing was changed."
            : $"{Counted.Of(reload.Changes.Length, "change")} in force in {string.Join(", ", reload.Applied)}."));
    }
}
