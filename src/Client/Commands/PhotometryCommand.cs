using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom photometry NAME</c>: a target's measurements as table, JSON or CSV.</summary>
internal static class PhotometryCommand
{
    private const string StandardOutput = "-";

    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var csv = new Option<string>("--csv")
        {
            HelpName = "FILE",
            Description = "Write comma-separated values to this file, over one of that name; - for standard output.",
        };
        var command = new Verb(
            "photometry",
            "The measurements of a target in time order.",
            "tom photometry SIM-001",
            "tom photometry SIM-001 --csv SIM-001.csv",
            "tom photometry SIM-001 --csv - | head",
            "tom photometry SIM-001 --json")
        {
            name,
            csv,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(csv) is not null && result.GetValue<bool>("--json"))
            {
                result.AddError("--csv and --json cannot both be printed: give one of them");
            }
        });
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var (target, points) = await run.PhotometryOf(run.Arguments.GetRequiredValue(name));
            if (run.Arguments.GetValue(csv) is { } file)
            {
                await WriteCsvAsync(run.Report, target, points, file, cancellationToken);
            }
            else
            {
                run.Report.Answer(
                    PhotometryOutput.Document(target, points),
                    () => PhotometryOutput.Show(run.Report, target, points));
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task WriteCsvAsync(
        Report report, Target target, ImmutableArray<PhotometryPoint> points, string file, CancellationToken cancellationToken)
    {
        if (file == StandardOutput)
        {
            var (_, leftOut) = PhotometryCsv.Write(report.Surroundings.Out, points);
            if (leftOut > 0)
            {
                await report.Surroundings.Error.WriteLineAsync($"tom: {Counted.Of(leftOut, "retracted point")} left out");
            }

            return;
        }

        using var text = new StringWriter();
        var (written, retracted) = PhotometryCsv.Write(text, points);
        await File.WriteAllTextAsync(
            Path.Combine(report.Surroundings.WorkingFolder, file), text.ToString(), new UTF8Encoding(false), cancellationToken);
        report.Line(SafeText.Line(
            $"{Counted.Of(written, "point")} of {target.Name} written to {file}{(retracted > 0 ? $"; {retracted:N0} retracted ones left out" : "")}"));
    }
}
