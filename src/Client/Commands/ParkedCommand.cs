using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom parked</c>: messages set aside, and why; <c>show</c>, <c>retry</c> and <c>drop</c> stand beside it.</summary>
internal static class ParkedCommand
{
    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var topic = new Option<string>("--topic") { HelpName = "topic", Description = "Only messages of this topic, with or without its stream." };
        var handler = new Option<string>("--handler") { HelpName = "id", Description = "Only messages parked for this handler." };
        var page = new PageOptions();
        var command = new Verb(
            "parked",
            "The messages set aside, newest first, and why.",
            "tom parked",
            "tom parked --topic hermes.test --handler hermes",
            "tom parked --json",
            "tom parked show 12",
            "tom parked retry --all --topic hermes.test")
        {
            topic,
            handler,
            ParkedShowCommand.Create(runner),
            ParkedRetryCommand.Create(runner),
            ParkedDropCommand.Create(runner, surroundings),
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var offset = page.Offset(run.Arguments);
            var parked = await run.Grains.Parked().ListAsync(new()
            {
                Topic = run.Arguments.GetValue(topic),
                Handler = run.Arguments.GetValue(handler),
                Limit = page.Limit(run.Arguments),
                Offset = offset,
            });
            run.Report.Answer(ParkedOutput.Document(parked), () => ParkedOutput.ShowList(run.Report, parked, offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
