using System.Collections.Immutable;
using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom notices</c>: what a person should know, and that he has seen it.</summary>
internal static class NoticesCommand
{
    public static Command Create(CommandRunner runner)
    {
        var all = new Option<bool>("--all") { Description = "Those that were over in the last week, too." };
        var command = new Verb(
            "notices",
            "What is wrong: red streams, parked and lost messages, shares that were refused or that nobody knows of, paused destinations.",
            "tom notices",
            "tom notices --all --json",
            "tom notices seen 12 13",
            "tom notices seen --all")
        {
            all,
            Seen(runner),
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var notices = (await run.Grains.Notices().ListAsync()).Where(notice => notice.IsOpen || run.Arguments.GetValue(all)).ToList();
            run.Report.Answer(new { Notices = notices.Select(NoticeOutput.Document) }, () => NoticeOutput.Show(run.Report, notices, run.Now));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Verb Seen(CommandRunner runner)
    {
        var ids = new Argument<long[]>("ID") { Description = "Notices, by their numbers.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All that are new." };
        var command = new Verb(
            "seen",
            "Says that somebody has seen them; what gets worse afterwards is new again. Needs the role operator.",
            "tom notices seen 12 13",
            "tom notices seen --all")
        {
            ids,
            all,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(ids) is { Length: > 0 }))
            {
                result.AddError("which? Give their numbers, or --all");
            }
        });
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var seen = await run.Grains.Notices().SeenAsync(run.Arguments.GetValue(ids)?.ToImmutableArray() ?? []);
            run.Report.Answer(new { Seen = seen }, () => run.Report.Line($"{Counted.Of(seen, "notice")} seen"));
            return ExitCode.Done;
        }));
        return command;
    }
}
