using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target alias add|remove NAME ALIAS...</c></summary>
internal static class TargetAliasCommand
{
    public static Command Create(CommandRunner runner) => new Verb(
        "alias",
        "Adds or removes other names of a target.",
        "tom target alias add 'SN 2026ab' ZTF26aabcdef ATLAS26xyz",
        "tom target alias remove 'SN 2026ab' ATLAS26xyz")
    {
        Create(runner, "add", "Adds aliases, all or none. Kept messages that use them are looked through, and their points stored.", "tom target alias add 'SN 2026ab' ZTF26aabcdef", (target, aliases) => target.AddAliasesAsync([.. aliases])),
        Create(runner, "remove", "Removes aliases, all or none. Points stay.", "tom target alias remove 'SN 2026ab' ZTF26aabcdef", (target, aliases) => target.RemoveAliasesAsync([.. aliases])),
    };

    private static Verb Create(CommandRunner runner, string verb, string description, string example, Func<ITargetGrain, string[], Task<Target>> change)
    {
        var name = TargetArgument.Create();
        var aliases = new Argument<string[]>("ALIAS") { Description = "The other names.", Arity = ArgumentArity.OneOrMore };
        var command = new Verb(verb, description, example) { name, aliases };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var found = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            var target = await change(run.Grains.Target(found.Id), run.Arguments.GetRequiredValue(aliases));
            run.Report.Answer(TargetOutput.Document(target), () => TargetOutput.Show(run.Report, target));
            return ExitCode.Done;
        }));
        return command;
    }
}
