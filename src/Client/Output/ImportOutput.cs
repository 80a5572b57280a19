using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>The report of an import.</summary>
internal static class ImportOutput
{
    /// <summary>Rows that are printed without being asked for.</summary>
    private const int FirstRows = 20;

    public static object Document(string file, PhotometryImportStatus status, IReadOnlyCollection<ImportedRow> rows, bool dryRun) => new
    {
        File = file,
        status.State,
        status.Format,
        DryRun = dryRun,
        status.Reason,
        status.Rows,
        Stored = status.Count(ImportFate.Stored),
        Revised = status.Count(ImportFate.Revised),
        Confirmed = status.Count(ImportFate.Confirmed),
        Known = status.Count(ImportFate.Known),
        Empty = status.Count(ImportFate.Empty),
        Refused = status.Count(ImportFate.Refused),
        NotStored = status.Count(ImportFate.NotStored),
        status.Targets,
        status.Remarks,
        ByRow = rows.Select(row => new { row.Line, row.Fate, row.Target, row.Reason }),
    };

    public static void Show(Report report, string file, PhotometryImportStatus status, IReadOnlyCollection<ImportedRow> rows, bool dryRun, bool all)
    {
        if (status.Format is { } format)
        {
            report.Line(SafeText.Line($"{file}: {Counted.Of(status.Rows, "row")} of format {format}{(status.Targets.IsEmpty ? "" : $", of {Names(status.Targets)}")}"));
        }

        foreach (var remark in status.Remarks)
        {
            report.Line(SafeText.Line($"  {remark}"));
        }

        ShowRows(report, rows, all);
        if (rows.Count > 0)
        {
            var counts = Enum.GetValues<ImportFate>().Where(fate => status.Count(fate) > 0).Select(fate => $"{status.Count(fate):N0} {Word(fate, dryRun)}");
            report.Line(string.Join(", ", counts));
        }

        if (status is { State: ImportState.Done, Reason: { } warning })
        {
            report.Line(SafeText.Line(warning));
        }
    }

    private static void ShowRows(Report report, IReadOnlyCollection<ImportedRow> rows, bool all)
    {
        var shown = rows.Where(row => all || row.Fate is ImportFate.Refused or ImportFate.Revised).Take(all ? int.MaxValue : FirstRows).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        var table = new TextTable("#Line", "Fate", "Target", "Why");
        foreach (var row in shown)
        {
            table.Row(
                row.Line.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
                row.Fate == ImportFate.Refused ? Cell.State("refused") : Word(row.Fate, dryRun: false),
                row.Target ?? "",
                row.Reason ?? "");
        }

        table.Show(report);
        var others = rows.Count(row => row.Fate is ImportFate.Refused or ImportFate.Revised) - shown.Count;
        if (!all && others > 0)
        {
            report.Line($"and {others:N0} more; --rows shows all");
        }
    }

    private static string Word(ImportFate fate, bool dryRun) => fate switch
    {
        ImportFate.Stored => dryRun ? "would be stored" : "stored",
        ImportFate.Revised => dryRun ? "would be stored as revisions" : "stored as revisions",
        ImportFate.Confirmed => dryRun ? "would be stored as another origin's word" : "stored as another origin's word for a point that is there",
        ImportFate.Known => "known",
        ImportFate.Empty => "without a measurement",
        ImportFate.Refused => "refused",
        _ => "not stored",
    };

    private static string Names(IReadOnlyCollection<string> targets) => targets.Count <= 3 ? string.Join(", ", targets) : $"{targets.First()} and {targets.Count - 1} other targets";
}
