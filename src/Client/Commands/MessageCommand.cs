using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom message ID</c>: one message of the log with all that is known of it.</summary>
internal static class MessageCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "stream/topic/partition/offset as tom messages shows it, or the message's own id (a UUID)." };
        var command = new Verb(
            "message",
            "One kept message: headers, text, what it says, its fate with each handler, the points that came of it.",
            "tom message hopskotch/hermes.test/0/42",
            "tom message 4f6c1a1e-5d0b-4f0e-9d0b-1c6a8f3e2b10 --json")
        {
            id,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var detail = await run.Grains.Messages().GetAsync(run.Arguments.GetRequiredValue(id));
            run.Report.Answer(MessageDetailOutput.Document(detail), () => MessageDetailOutput.Show(run.Report, detail));
            return ExitCode.Done;
        }));
        return command;
    }
}
