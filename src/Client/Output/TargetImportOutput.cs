using System.Globalization;
using TomOrleans.Client.TargetFiles;

namespace TomOrleans.Client.Output;

/// <summary>The report of targets that were made of a file.</summary>
internal static class TargetImportOutput
{
    /// <summary>Rows that are printed without being asked for.</summary>
    private const int FirstRows = 20;

    public static object Document(string file, IReadOnlyCollection<TargetResult> results, bool isDryRun, string? warning) => new
    {
        File = file,
        DryRun = isDryRun,
        Rows = results.Count,
        Added = Count(results, TargetOutcome.Added),
        Known = Count(results, TargetOutcome.Known),
        Refused = Count(results, TargetOutcome.Refused),
        Warning = warning,
        ByRow = results.Select(result => new { Line = result.Line.Number, Target = result.Line.Name, result.Outcome, result.Reason }),
    };

    public static void Show(Report report, string file, IReadOnlyCollection<TargetResult> results, bool isDryRun, string? warning, bool all)
    {
        report.Line(SafeText.Line($"{file}: {Counted.Of(results.Count, "row")}"));
        ShowRows(report, results, isDryRun, all);
        var counts = Enum.GetValues<TargetOutcome>().Where(outcome => Count(results, outcome) > 0).Select(outcome => $"{Count(results, outcome):N0} {Word(outcome, isDryRun)}");
        report.Line(results.Count == 0 ? "no targets" : string.Join(", ", counts));
        if (warning is not null)
        {
            report.Line(SafeText.Line(warning));
        }
    }

    private static void ShowRows(Report report, IReadOnlyCollection<TargetResult> results, bool isDryRun, bool all)
    {
        var wanted = results.Where(result => all || result.Outcome == TargetOutcome.Refused).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var table = new TextTable("#Line", "Fate", "Target", "Why");
        foreach (var result in wanted.Take(all ? int.MaxValue : FirstRows))
        {
            table.Row(
                result.Line.Number.ToString("N0", CultureInfo.InvariantCulture),
                result.Outcome == TargetOutcome.Refused ? Cell.State("refused") : Word(result.Outcome, isDryRun),
                result.Line.Name ?? "",
                result.Reason ?? "");
        }

        table.Show(report);
        if (!all && wanted.Count > FirstRows)
        {
            report.Line($"and {wanted.Count - FirstRows:N0} more; --rows shows all");
        }
    }

    private static string Word(TargetOutcome outcome, bool isDryRun) => outcome switch
    {
        TargetOutcome.Added => isDryRun ? "would be made" : "made",
        TargetOutcome.Known => "known",
        _ => "refused",
    };

    private static int Count(IEnumerable<TargetResult> results, TargetOutcome outcome) => results.Count(result => result.Outcome == outcome);
}
