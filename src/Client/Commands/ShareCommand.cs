using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom share NAME --to DEST[:TOPIC]</c>: sends a target's photometry. <c>tom share show ID</c> stands beside it.</summary>
internal static class ShareCommand
{
    private static readonly Argument<string> Name = TargetArgument.Create();

    private static readonly Option<DestinationInput?> To = Parsed.Option(
        "--to",
        "DEST[:TOPIC]",
        "Where to: a destination of DATA_SHARING; for Hermes with the topic to publish on.",
        (string text, out DestinationInput? value) =>
        {
            value = DestinationInput.TryParse(text, out var destination) ? destination : null;
            return value is not null;
        },
        "DEST or DEST:TOPIC");

    private static readonly Option<long?> Since = Parsed.Option(
        "--since",
        "time",
        $"Only points whose light came at or after this time: {TimeInput.Allowed}.",
        (string text, out long? value) =>
        {
            value = TimeInput.TryParse(text, out var microseconds) ? microseconds : null;
            return value is not null;
        },
        TimeInput.Allowed);

    private static readonly Option<string> Title = new("--title")
    {
        HelpName = "text",
        Description = "Title of the message (default: Updated data for TARGET from TOM_NAME.).",
    };

    private static readonly Option<string> Message = new("--message") { HelpName = "text", Description = "Text of the message." };

    private static readonly Option<string> Authors = new("--authors")
    {
        HelpName = "text",
        Description = "Authors (default: the destination's DEFAULT_AUTHORS).",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Send nothing; print exactly what would be sent, and what is left out.",
    };

    private static readonly Option<bool> Wait = new("--wait")
    {
        Description = "Wait until it is delivered (exit code 0, prints the receipt) or refused (1, with the destination's words).",
    };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "share",
            "Shares a target's photometry: it is queued durably, then sent until it has arrived or is refused.",
            "tom share SIM-001 --to hermes:hermes.test --wait",
            "tom share SIM-001 --to hermes:hermes.test --since 2026-11-01 --title 'New points' --dry-run",
            "tom share SIM-001 --to not-my-tom",
            "tom share show 12",
            "tom share -- show     (a target that is called show)")
        {
            Name, To, Since, Title, Message, Authors, DryRun, Wait,
            ShareShowCommand.Create(runner),
        };
        To.Required = true;
        command.Validators.Add(result =>
        {
            if (result.GetValue(DryRun) && result.GetValue(Wait))
            {
                result.AddError("--dry-run sends nothing that --wait could wait for: give one of them");
            }
        });
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var (destination, topic) = run.Arguments.GetRequiredValue(To)!.Value;
        var request = new ShareRequest
        {
            Target = run.Arguments.GetRequiredValue(Name),
            Topic = topic,
            SinceMicroseconds = run.Arguments.GetValue(Since),
            Title = run.Arguments.GetValue(Title),
            Message = run.Arguments.GetValue(Message),
            Authors = run.Arguments.GetValue(Authors),
        };
        var sharing = run.Grains.Sharing(destination);
        if (run.Arguments.GetValue(DryRun))
        {
            var preview = await sharing.PreviewAsync(request);
            run.Report.Answer(ShareOutput.Document(preview), () => ShareOutput.Show(run.Report, preview));
            return ExitCode.Done;
        }

        var share = await sharing.ShareAsync(request);
        if (run.Arguments.GetValue(Wait))
        {
            return await ShareWait.RunAsync(run, share, cancellationToken);
        }

        run.Report.Answer(
            ShareOutput.Document(share),
            () => run.Report.Line(SafeText.Line(
                $"share {share.Id}: {Counted.Of(share.Points, "point")} of {share.Target} queued for {ShareOutput.Destination(share)}; "
                + $"see: tom share show {share.Id}")));
        return ExitCode.Done;
    }
}
