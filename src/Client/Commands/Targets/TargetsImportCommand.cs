using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Client.TargetFiles;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom targets import FILE</c>: makes the targets of a table.</summary>
internal static class TargetsImportCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A table with a line of column names: name, ra, dec, type, aliases (or name2, name3 ...), lists, and the Toolkit's names of numbers (epoch, pm_ra, parallax, inclination ...); every other column is a free field.",
        };
        var list = new Option<string[]>("--list") { HelpName = "name", Description = "A list to put the new targets in, as often as needed; made where it does not exist." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Make none; tell what would become of each row." };
        var skipBad = new Option<bool>("--skip-bad") { Description = "Make the targets of the good rows of a file that has unreadable ones; without it such a file is refused whole." };
        var ignoreLog = new Option<bool>("--ignore-log") { Description = "Do not look through kept messages for them." };
        var allRows = new Option<bool>("--rows") { Description = "Print every row with its fate, not only the first that need a look." };
        var command = new Verb(
            "import",
            "Makes the targets of a table, such as the TOM Toolkit takes and gives. What is there already, by name or alias, is left as it is, so repeating an import changes nothing.",
            "tom targets import targets.csv --dry-run",
            "tom targets import targets.csv --list 'Follow up'",
            "tom targets import targets.csv --skip-bad --json")
        {
            file, list, dryRun, skipBad, ignoreLog, allRows,
        };
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var given = run.Arguments.GetRequiredValue(file);
            var lists = run.Arguments.GetValue(list) ?? [];
            var isDryRun = run.Arguments.GetValue(dryRun);
            var lines = Read(Path.Combine(run.Report.Surroundings.WorkingFolder, given), given)
                .Select(line => line with { Draft = line.Draft is { } draft ? draft with { Lists = [.. draft.Lists, .. lists], IgnoresLog = run.Arguments.GetValue(ignoreLog) } : null })
                .ToList();
            var unreadable = lines.Count(line => line.Draft is null);
            var isRefused = unreadable > 0 && !run.Arguments.GetValue(skipBad);
            var results = await run.Report.WithProgress(
                $"making targets of {Path.GetFileName(given)}",
                tell => new TargetImport(run.Grains.TargetDirectory(), isDryRun || isRefused).RunAsync(lines, tell, cancellationToken));
            var warning = isRefused
                ? $"{unreadable:N0} of {Counted.Of(lines.Count, "row")} cannot be read{(isDryRun ? ": a real import would make no target" : ", so no target was made")}. Mend them, or take the others all the same (--skip-bad)."
                : null;
            run.Report.Answer(
                TargetImportOutput.Document(given, results, isDryRun || isRefused, warning),
                () => TargetImportOutput.Show(run.Report, given, results, isDryRun || isRefused, isDryRun ? warning : null, run.Arguments.GetValue(allRows)));
            return isRefused && !isDryRun ? throw new RefusedException(warning!)
                : results.Any(result => result is { Outcome: TargetOutcome.Refused, Line.Draft: not null }) ? ExitCode.Failed
                : ExitCode.Done;
        }));
        return command;
    }

    private static IReadOnlyList<TargetLine> Read(string path, string given) =>
        File.Exists(path) ? TargetFile.Read(File.ReadAllText(path)) : throw new RefusedException($"no file '{SafeText.Line(given)}'");
}
