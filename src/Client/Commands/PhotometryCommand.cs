using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom photometry NAME</c>: a target's measurements as table, JSON or file. <c>import</c>, <c>retract</c> and <c>formats</c> stand beside it.</summary>
internal static class PhotometryCommand
{
    private static readonly (Option<string> Option, PhotometryFileFormat Format)[] Files =
    [
        (File("--csv", "Write comma-separated values to this file, over one of that name; - for standard output."), PhotometryFileFormat.Csv),
        (File("--ecsv", "The same as ECSV, as astropy reads it."), PhotometryFileFormat.Ecsv),
        (File("--votable", "The same as VOTable."), PhotometryFileFormat.VoTable),
        (File("--jsonl", "The same as JSON Lines: all that is known of each point, withdrawn ones too."), PhotometryFileFormat.JsonLines),
    ];

    private static readonly Option<bool> Toolkit = new("--toolkit") { Description = "With --csv: the columns of the TOM Toolkit's download." };

    private static readonly Option<bool> Revisions = new("--revisions")
    {
        Description = "Every value that was stated, by every origin, with its key, what brought it and which of them is shown.",
    };

    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var command = new Verb(
            "photometry",
            "The measurements of a target in time order; reads them in from files, writes them to files, withdraws them.",
            "tom photometry SIM-001",
            "tom photometry SIM-001 --csv SIM-001.csv",
            "tom photometry SIM-001 --csv - | head",
            "tom photometry SIM-001 --ecsv SIM-001.ecsv",
            "tom photometry SIM-001 --revisions",
            "tom photometry import forced.txt --target SIM-001 --dry-run",
            "tom photometry retract SIM-001 0123456789abcdef",
            "tom photometry -- import     (a target that is called import)")
        {
            name, Toolkit, Revisions,
            PhotometryImportCommand.Create(runner),
            PhotometryRetractCommand.Create(runner),
        };
        foreach (var (option, _) in Files)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var given = Files.Where(file => result.GetResult(file.Option) is not null).Select(file => file.Option.Name).ToList();
            if (given.Count > 0 && result.GetValue<bool>("--json"))
            {
                result.AddError($"{given[0]} and --json cannot both be printed: give one of them");
            }
            else if (given.Count > 1)
            {
                result.AddError($"{string.Join(" and ", given)} cannot both be written at once: give one of them");
            }
            else if (result.GetValue(Toolkit) && !given.Contains("--csv"))
            {
                result.AddError("--toolkit says how --csv is written: give that too");
            }
        });
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var text = run.Arguments.GetRequiredValue(name);
            foreach (var (option, format) in Files)
            {
                if (run.Arguments.GetValue(option) is { } file)
                {
                    await PhotometryDownload.WriteAsync(run, text, run.Arguments.GetValue(Toolkit) ? PhotometryFileFormat.ToolkitCsv : format, file, cancellationToken);
                    return ExitCode.Done;
                }
            }

            if (run.Arguments.GetValue(Revisions))
            {
                var found = await run.Grains.TargetDirectory().FindAsync(text);
                var history = await run.Grains.TargetPhotometry(found.Id).GetHistoryAsync();
                run.Report.Answer(HistoryOutput.Document(found, history), () => HistoryOutput.Show(run.Report, found, history));
                return ExitCode.Done;
            }

            var (target, points) = await run.PhotometryOf(text);
            run.Report.Answer(
                PhotometryOutput.Document(target, points),
                () => PhotometryOutput.Show(run.Report, target, points));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Option<string> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };
}
