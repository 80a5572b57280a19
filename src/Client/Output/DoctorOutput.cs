using System.Collections.Immutable;
using TomOrleans.Operations;

namespace TomOrleans.Client.Output;

/// <summary>Findings as a list for people, the worst first, and as JSON.</summary>
internal static class DoctorOutput
{
    public static object Document(ImmutableArray<CheckResult> results) => new { Checks = results.Select(result => new { result.Silo, result.Subject, result.State, result.Finding, result.Advice }) };

    public static void Show(Report report, ImmutableArray<CheckResult> results)
    {
        var table = new TextTable("=State", "=Silo", "Subject", "Finding");
        foreach (var result in results.OrderByDescending(result => result.State))
        {
            table.Row(Cell.State(Word(result.State), "ok", "warning"), result.Silo ?? "all", result.Subject, result.Finding);
        }

        table.Show(report);
        foreach (var result in results.Where(result => result.Advice is not null).OrderByDescending(result => result.State))
        {
            report.Line(SafeText.Line($"  {result.Subject}{(result.Silo is null ? "" : $" of {result.Silo}")}: {result.Advice}"));
        }

        var (failed, warnings) = (results.Count(result => result.State == CheckState.Failed), results.Count(result => result.State == CheckState.Warning));
        report.Line(failed + warnings == 0 ? "All is well." : $"{Counted.Of(failed, "failure")}, {Counted.Of(warnings, "warning")}.");
    }

    private static string Word(CheckState state) => state.ToString().ToLowerInvariant();
}
