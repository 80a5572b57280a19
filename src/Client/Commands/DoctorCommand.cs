using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Operations;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom doctor</c>: what is not well, and what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "doctor",
            "Looks at configuration, database, brokers, destinations, clocks and disk in every silo, and says what to do. Ends with 1 where something does not work.",
            "tom doctor",
            "tom doctor --json");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var results = await run.Report.WhileWaiting("looking at every silo", _ => run.Grains.Tom().CheckAsync());
            run.Report.Answer(DoctorOutput.Document(results), () => DoctorOutput.Show(run.Report, results));
            return results.Any(result => result.State == CheckState.Failed) ? ExitCode.Failed : ExitCode.Done;
        }));
        return command;
    }
}
