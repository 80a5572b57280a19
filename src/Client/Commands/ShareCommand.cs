using System.CommandLine;
using System.CommandLine.Parsing;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom share NAME... --to DEST[:TOPIC]</c>: sends targets' photometry and spectra, or a message of one's own. The orders for one share (<c>show ID</c>, ...) stand beside it.</summary>
internal static class ShareCommand
{
    private static readonly Argument<string[]> Names = new("NAME")
    {
        Description = "Names or aliases of targets, whose photometry and spectra go into one message; case, blanks, -, _ and brackets do not count.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<FileInfo> File = new("--file")
    {
        HelpName = "file",
        Description = "Names of targets, one a line; or a message of one's own as Hermes wants it (JSON), which is checked as Hermes does and sent as it is.",
    };

    private static readonly Option<string> List = new("--list") { HelpName = "name", Description = "All targets of this list." };

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

    private static readonly Option<long?> Since = Parsed.Time("--since", $"Only what was measured at or after this time: {TimeInput.Allowed}.");

    private static readonly Option<string[]> Band = new("--band")
    {
        HelpName = "band",
        Description = "Only points in this bandpass, to the letter, and no spectra; may be given several times.",
    };

    private static readonly Option<ShareData> Data = Parsed.Option(
        "--data",
        "which",
        "Which measurements: photometry, spectra, or all (default).",
        (string text, out ShareData value) => Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]) && Enum.IsDefined(value),
        "all, photometry or spectra");

    private static readonly Option<long[]> Product = new("--product")
    {
        HelpName = "id",
        Description = "This file of the target, and no points and spectra; may be given several times. To other TOMs. List them with: tom files NAME",
    };

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

    private static readonly Option<bool> Open = new("--open")
    {
        Description = "Publish nothing; fill in the form at Hermes with it and print the form's address, good for a quarter of an hour.",
    };

    private static readonly Option<bool> Validate = new("--validate")
    {
        Description = "Publish nothing; ask Hermes itself whether it would take it: exit code 0 where it would, else 1 with its words.",
    };

    private static readonly Option<bool> Wait = new("--wait")
    {
        Description = "Wait until it is delivered (exit code 0, prints the receipt) or refused (1, with the destination's words).",
    };

    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var command = new Verb(
            "share",
            "Shares targets' photometry and spectra: it is queued durably, then sent until it has arrived or is refused. Asks for what is missing where somebody can answer.",
            "tom share SIM-001 --to hermes:hermes.test --wait",
            "tom share SIM-001 SIM-002 --to hermes:hermes.test --since 2026-11-01 --band g --band r --title 'New points' --dry-run",
            "tom share SIM-001 --to hermes:hermes.test --data spectra",
            "tom share --list supernovae --to hermes:hermes.test",
            "tom share --file names.txt --to hermes:hermes.test",
            "tom share --file message.json --to hermes --dry-run",
            "tom share --file message.json --to hermes --validate",
            "tom share SIM-001 --to hermes:hermes.test --open",
            "tom share SIM-001 --to not-my-tom",
            "tom share SIM-001 --to not-my-tom --product 3",
            "tom share show 12",
            "tom share retry 12 / tom share cancel 12 / tom share retract 12",
            "tom share -- show     (a target that is called show)")
        {
            Names, To, List, File, Since, Band, Data, Product, Title, Message, Authors, DryRun, Validate, Open, Wait,
            ShareShowCommand.Create(runner),
            ShareOrderCommands.Retry(runner),
            ShareOrderCommands.Cancel(runner),
            ShareOrderCommands.Retract(runner),
        };
        command.Validators.Add(result => Check(result, surroundings));
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static void Check(CommandResult result, Surroundings surroundings)
    {
        bool[] modes = [result.GetValue(DryRun), result.GetValue(Validate), result.GetValue(Open), result.GetValue(Wait)];
        if (modes.Count(mode => mode) > 1)
        {
            result.AddError("--dry-run, --validate and --open send nothing that --wait could wait for: give one of the four");
        }

        if (result.GetResult(To) is null && !surroundings.InIsTerminal)
        {
            result.AddError("Option '--to' is required.");
        }

        var names = result.GetValue(Names) ?? [];
        if (result.GetValue(File) is { } file)
        {
            if (!file.Exists)
            {
                result.AddError($"--file: no file '{SafeText.Line(file.ToString())}'");
            }
        }
        else if (names.Length == 0 && result.GetValue(List) is null && !surroundings.InIsTerminal)
        {
            result.AddError("share what? Give names of targets, --list or --file");
        }

        if (result.GetValue(Data) == ShareData.Spectra && result.GetValue(Band) is { Length: > 0 })
        {
            result.AddError("--band goes with points: spectra have no bandpass");
        }

        if (result.GetValue(Product) is { Length: > 0 } && new Option[] { Since, Band, Data, List, File }.Any(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError("--product names the files that are shared: it goes with the name of one target alone");
        }
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var given = await ShareInput.ReadAsync(run.Arguments.GetValue(File), run.Arguments.GetValue(Names) ?? [], cancellationToken);
        if (run.Arguments.GetValue(List) is { } list)
        {
            given = given.Message is null
                ? given with { Names = [.. given.Names, .. await ShareInput.TargetsOfAsync(run.Grains, list)] }
                : throw new RefusedException("--list does not go with a message of one's own, which names its targets itself");
        }

        var prompt = new SharePrompt(run);
        var names = given.Message is null && given.Names.IsEmpty ? prompt.Names() : given.Names;
        var (destination, topic) = run.Arguments.GetValue(To) ?? await prompt.DestinationAsync(given.Message is not null);
        var sharing = run.Grains.Sharing(destination);
        if (given.Message is { } text)
        {
            RefuseBesideMessage(run.Arguments);
            var own = new OwnMessage(topic, text);
            return run.Arguments.GetValue(DryRun) ? Show(run, await sharing.PreviewMessageAsync(own))
                : run.Arguments.GetValue(Validate) ? Show(run, await sharing.ValidateMessageAsync(own))
                : await FollowAsync(run, await sharing.ShareMessageAsync(own), cancellationToken);
        }

        var request = new ShareRequest
        {
            Target = names[0],
            MoreTargets = names.RemoveAt(0),
            Topic = topic,
            SinceMicroseconds = run.Arguments.GetValue(Since),
            Bands = [.. run.Arguments.GetValue(Band) ?? []],
            Data = run.Arguments.GetValue(Data),
            Products = [.. run.Arguments.GetValue(Product) ?? []],
            Lists = run.Arguments.GetValue(List) is { } shared ? [shared] : [],
            Title = run.Arguments.GetValue(Title),
            Message = run.Arguments.GetValue(Message),
            Authors = run.Arguments.GetValue(Authors),
        };
        if (run.Arguments.GetValue(Open))
        {
            var form = await sharing.OpenAsync(request);
            run.Report.Answer(ShareOutput.Document(form), () => ShareOutput.Show(run.Report, form));
            return ExitCode.Done;
        }

        return run.Arguments.GetValue(DryRun) ? Show(run, await sharing.PreviewAsync(request))
            : run.Arguments.GetValue(Validate) ? Show(run, await sharing.ValidateAsync(request))
            : await FollowAsync(run, await sharing.ShareAsync(request), cancellationToken);
    }

    private static int Show(CommandRun run, SharePreview preview)
    {
        run.Report.Answer(ShareOutput.Document(preview), () => ShareOutput.Show(run.Report, preview));
        return ExitCode.Done;
    }

    private static int Show(CommandRun run, ShareVerdict verdict)
    {
        run.Report.Answer(ShareOutput.Document(verdict), () => ShareOutput.Show(run.Report, verdict));
        return verdict.Objections.All(objection => objection.Length == 0) ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> FollowAsync(CommandRun run, Share share, CancellationToken cancellationToken)
    {
        if (run.Arguments.GetValue(Wait))
        {
            return await ShareWait.RunAsync(run, share, cancellationToken);
        }

        run.Report.Answer(
            ShareOutput.Document(share),
            () => run.Report.Line(SafeText.Line($"share {share.Id}: {ShareOutput.Content(share)} queued for {ShareOutput.Destination(share)}; see: tom share show {share.Id}")));
        return ExitCode.Done;
    }

    /// <summary>A message of one's own says all that itself.</summary>
    private static void RefuseBesideMessage(ParseResult arguments)
    {
        foreach (var option in (Option[])[Since, Band, Data, Product, Title, Message, Authors, Open])
        {
            if (arguments.GetResult(option) is { Implicit: false })
            {
                throw new RefusedException($"{option.Name} does not go with a message of one's own: say it in the file");
            }
        }
    }
}
