using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom config reload</c>: the silos take their configuration files over.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandRunner runner) => new Verb("config", "The configuration of the running silos.", "tom config reload --dry-run", "tom config reload")
    {
        Reload(runner),
    };

    private static Verb Reload(CommandRunner runner)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would change, and what is wrong." };
        var command = new Verb(
            "reload",
            "Has every silo take over its configuration file as it is now: streams, topics, handlers and destinations. All or nothing; no message is lost. What counts only at a start is refused.",
            "tom config reload --dry-run",
            "tom config reload",
            "tom config reload --json")
        {
            dryRun,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var isDry = run.Arguments.GetValue(dryRun);
            var report = await run.Report.WhileWaiting(isDry ? "reading the files" : "taking the files over", _ => run.Grains.Tom().ReloadAsync(isDry));
            run.Report.Answer(ReloadOutput.Document(report, isDry), () => ReloadOutput.Show(run.Report, report, isDry));
            foreach (var fault in report.Faults)
            {
                run.Report.Surroundings.Error.WriteLine($"tom: {SafeText.Line(fault)}");
            }

            return report.Faults.IsEmpty ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }
}
