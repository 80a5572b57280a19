using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom continuous add|list|remove</c>: standing orders to share.</summary>
internal static class ContinuousCommand
{
    public static Command Create(CommandRunner runner) => new Verb(
        "continuous",
        "Continuous shares: every new point of a target goes to a destination, without anybody asking each time.",
        "tom continuous add SIM-001 --to hermes:hermes.test",
        "tom continuous add SIM-001 --to not-my-tom --existing",
        "tom continuous list",
        "tom continuous remove 3")
    {
        AddCommand(runner),
        ListCommand(runner),
        RemoveCommand(runner),
    };

    private static Verb AddCommand(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        name.Arity = ArgumentArity.ZeroOrOne;
        var list = new Option<string>("--list") { HelpName = "name", Description = "All targets that are in this list when a point comes, instead of one target." };
        var to = Parsed.Option(
            "--to",
            "DEST[:TOPIC]",
            "Where to: a destination of DATA_SHARING; for Hermes and Kafka with the topic to publish on.",
            (string text, out DestinationInput? value) =>
            {
                value = DestinationInput.TryParse(text, out var destination) ? destination : null;
                return value is not null;
            },
            "DEST or DEST:TOPIC");
        to.Required = true;
        var existing = new Option<bool>("--existing") { Description = "Share what the target has already, too: what was not shared there before." };
        var command = new Verb(
            "add",
            "Orders that every new value of a target's points is shared, revisions too, a few seconds after it came. What was withdrawn, and what came from there, is not.",
            "tom continuous add SIM-001 --to hermes:hermes.test",
            "tom continuous add SIM-001 --to not-my-tom --existing",
            "tom continuous add --list 'Bright ones' --to hermes:hermes.test")
        {
            name, to, list, existing,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(name) is null or { Tokens.Count: 0 }) == (result.GetResult(list) is null))
            {
                result.AddError("NAME or --list: say which target, or which list");
            }
        });
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var (destination, topic) = run.Arguments.GetRequiredValue(to)!.Value;
            var order = await run.Grains.ContinuousShares().AddAsync(new()
            {
                Target = run.Arguments.GetValue(name) ?? "",
                List = run.Arguments.GetValue(list),
                Destination = destination,
                Topic = topic,
                Existing = run.Arguments.GetValue(existing),
            });
            run.Report.Answer(ContinuousOutput.Document(order), () => ContinuousOutput.ShowAdded(run.Report, order));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Verb ListCommand(CommandRunner runner)
    {
        var destination = new Option<string>("--destination") { HelpName = "name", Description = "Only those to this destination." };
        var target = new Option<string>("--target") { HelpName = "name", Description = "Only those of this target, by itself or by its lists." };
        var command = new Verb("list", "Continuous shares, oldest first.", "tom continuous list", "tom continuous list --target SIM-001 --json") { destination, target };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var all = await run.Grains.ContinuousShares().ListAsync(new() { Destination = run.Arguments.GetValue(destination), Target = run.Arguments.GetValue(target) });
            run.Report.Answer(ContinuousOutput.Document(all), () => ContinuousOutput.ShowList(run.Report, all));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Verb RemoveCommand(CommandRunner runner)
    {
        var id = Parsed.Argument(
            "ID",
            "The order's id, as tom continuous list shows it.",
            (string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
            "the id of a continuous share: a whole number; tom continuous list shows them");
        var command = new Verb("remove", "Ends a continuous share. What is queued or sent already stays.", "tom continuous remove 3") { id };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var order = await run.Grains.ContinuousShares().RemoveAsync(run.Arguments.GetRequiredValue(id));
            run.Report.Answer(ContinuousOutput.Document(order), () => ContinuousOutput.ShowRemoved(run.Report, order));
            return ExitCode.Done;
        }));
        return command;
    }
}
