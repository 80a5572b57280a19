using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom share retry|cancel|retract ID</c>: orders for one share.</summary>
internal static class ShareOrderCommands
{
    public static Command Retry(CommandRunner runner)
    {
        var id = ShareArgument.Create();
        var anyway = new Option<bool>("--anyway")
        {
            Description = "Send what is unconfirmed again although nobody knows whether it arrived: it may then stand there twice. Look at the destination first.",
        };
        var command = new Verb(
            "retry",
            "Queues again what was rejected, and looks once more for what is unconfirmed.",
            "tom share retry 12",
            "tom share retry 12 --anyway")
        {
            id, anyway,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var share = await FindAsync(run, id);
            share = await run.Grains.Sharing(share.Destination).RetryAsync(share.Id, run.Arguments.GetValue(anyway));
            var what = share.State == ShareState.Sending ? "is looked for once more" : "is queued again";
            run.Report.Answer(ShareOutput.Document(share), () => run.Report.Line(SafeText.Line($"share {share.Id} to {ShareOutput.Destination(share)} {what}; see: tom share show {share.Id}")));
            return ExitCode.Done;
        }));
        return command;
    }

    public static Command Cancel(CommandRunner runner)
    {
        var id = ShareArgument.Create();
        var command = new Verb("cancel", "Takes back a share that waits. What was sent cannot be taken back, only retracted.", "tom share cancel 12") { id };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var share = await FindAsync(run, id);
            share = await run.Grains.Sharing(share.Destination).CancelAsync(share.Id);
            run.Report.Answer(ShareOutput.Document(share), () => run.Report.Line(SafeText.Line($"share {share.Id} to {ShareOutput.Destination(share)} is {ShareOutput.State(share)}")));
            return ExitCode.Done;
        }));
        return command;
    }

    public static Command Retract(CommandRunner runner)
    {
        var id = ShareArgument.Create();
        var keep = new Option<bool>("--keep-points") { Description = "Withdraw the message only: the measurements stay good here." };
        var command = new Verb(
            "retract",
            "Tells the destination that what was delivered is withdrawn, and marks the measurements as retracted.",
            "tom share retract 12",
            "tom share retract 12 --keep-points")
        {
            id, keep,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var share = await FindAsync(run, id);
            var retracted = await run.Grains.Sharing(share.Destination).RetractAsync(share.Id, run.Arguments.GetValue(keep));
            run.Report.Answer(
                new { retracted.Receipts, retracted.Points, retracted.NotTold },
                () => run.Report.Line(SafeText.Line(retracted.NotTold is { } reason
                    ? $"{Counted.Of(retracted.Points, "point")} marked here; {reason} Withdrawn: {string.Join(", ", retracted.Receipts)}"
                    : $"{share.Destination} knows that {string.Join(", ", retracted.Receipts)} {(retracted.Receipts.Length == 1 ? "is" : "are")} withdrawn; {Counted.Of(retracted.Points, "point")} marked here")));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Task<Share> FindAsync(CommandRun run, Argument<long> id) => run.Grains.Shares().GetAsync(run.Arguments.GetRequiredValue(id));
}
