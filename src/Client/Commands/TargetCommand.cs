using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom target NAME</c>: one target.</summary>
internal static class TargetCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var command = new Verb("target", "One target: aliases, coordinates, latest measurement, its events.", "tom target SIM-001", "tom target 'SN 2026ab' --json")
        {
            name,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            var events = await run.Grains.SkyEvents().OfTargetAsync(target.Id);
            run.Report.Answer(TargetOutput.Document(target, events), () => TargetOutput.Show(run.Report, target, events));
            return ExitCode.Done;
        }));
        return command;
    }
}
