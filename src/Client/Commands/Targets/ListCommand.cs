using System.Collections.Immutable;
using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom list</c>: the named lists of targets.</summary>
internal static class ListCommand
{
    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var command = new Verb(
            "list",
            "The named lists (groups) of targets; those in one: tom targets --list NAME.",
            "tom list",
            "tom list add 'Follow up' 'SN 2026ab' 'AT 2026xy'",
            "tom list take-out 'Follow up' 'AT 2026xy'",
            "tom list rename 'Follow up' 'Followed up'",
            "tom list remove 'Followed up' --yes")
        {
            Members(runner, "add", "Puts targets in a list; makes it where it does not exist.", (lists, list, targets) => lists.AddAsync(list, targets)),
            Members(runner, "take-out", "Takes targets out of a list.", (lists, list, targets) => lists.TakeOutAsync(list, targets)),
            Rename(runner),
            Remove(runner, surroundings),
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var lists = await run.Grains.TargetLists().ListAsync();
            run.Report.Answer(new { Lists = lists.Select(TargetListOutput.Document) }, () => TargetListOutput.Show(run.Report, lists));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Argument<string> ListArgument() => new("LIST") { Description = "Name of the list; case does not count." };

    private static Verb Members(CommandRunner runner, string verb, string description, Func<ITargetListsGrain, string, ImmutableArray<long>, Task<TargetList>> change)
    {
        var list = ListArgument();
        var names = new Argument<string[]>("NAME") { Description = "Names or aliases of targets.", Arity = ArgumentArity.OneOrMore };
        var command = new Verb(verb, description, $"tom list {verb} 'Follow up' 'SN 2026ab' 'AT 2026xy'") { list, names };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var found = await run.Grains.TargetDirectory().ResolveAsync([.. run.Arguments.GetRequiredValue(names)]);
            if (found.Where(match => match.Id is null).Select(match => $"'{match.Asked}'").ToArray() is { Length: > 0 } unknown)
            {
                throw new RefusedException(SafeText.Line($"there is no target named {string.Join(", ", unknown)}; nothing was changed"));
            }

            var changed = await change(run.Grains.TargetLists(), run.Arguments.GetRequiredValue(list), [.. found.Select(match => match.Id!.Value).Distinct()]);
            return Answer(run, changed, $"{changed.Name}: {Counted.Of(changed.Targets, "target")}");
        }));
        return command;
    }

    private static Verb Rename(CommandRunner runner)
    {
        var (list, name) = (ListArgument(), new Argument<string>("NAME") { Description = "Its new name." });
        var command = new Verb("rename", "Gives a list another name.", "tom list rename 'Follow up' 'Followed up'") { list, name };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var changed = await run.Grains.TargetLists().RenameAsync(run.Arguments.GetRequiredValue(list), run.Arguments.GetRequiredValue(name));
            return Answer(run, changed, $"{changed.Name}: {Counted.Of(changed.Targets, "target")}");
        }));
        return command;
    }

    private static Verb Remove(CommandRunner runner, Surroundings surroundings)
    {
        var list = ListArgument();
        var confirmation = new Confirmation(surroundings);
        var command = new Verb("remove", "Removes a list, not its targets.", "tom list remove 'Follow up'") { list };
        confirmation.AddTo(command, "removing a list cannot be undone");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var name = run.Arguments.GetRequiredValue(list);
            confirmation.Ask(run.Arguments, SafeText.Line($"Remove the list {name}? Its targets stay."), "nothing was removed");
            var removed = await run.Grains.TargetLists().RemoveAsync(name);
            return Answer(run, removed, $"{removed.Name} is removed; its {Counted.Of(removed.Targets, "target")} stay");
        }));
        return command;
    }

    private static int Answer(CommandRun run, TargetList list, string line)
    {
        run.Report.Answer(TargetListOutput.Document(list), () => run.Report.Line(SafeText.Line(line)));
        return ExitCode.Done;
    }
}
