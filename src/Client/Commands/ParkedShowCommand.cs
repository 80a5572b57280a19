using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom parked show ID</c>: one message with its headers and its text.</summary>
internal static class ParkedShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = Parsed.Argument<long>("ID", "The message's id, as tom parked shows it.", ParkedChoice.TryParseId, ParkedChoice.AllowedId);
        var command = new Verb("show", "One message: reason, refused rows, headers, text.", "tom parked show 12", "tom parked show 12 --json")
        {
            id,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var detail = await run.Grains.Parked().GetAsync(run.Arguments.GetRequiredValue(id));
            run.Report.Answer(ParkedDetailOutput.Document(detail), () => ParkedDetailOutput.Show(run.Report, detail));
            return ExitCode.Done;
        }));
        return command;
    }
}
