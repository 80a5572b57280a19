using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using TomOrleans.Alerts;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom replay</c>: runs kept messages through a handler again; <c>list</c>, <c>show</c> and <c>cancel</c> stand beside it.</summary>
internal static class ReplayCommand
{
    private const string FromAllowed = "earliest, an offset (a whole number), " + TimeInput.Allowed;

    private static readonly Option<string> Topic = new("--topic") { HelpName = "topic", Description = "The topic, with or without its stream." };

    private static readonly Option<string> Handler = new("--handler") { HelpName = "id", Description = "The handler of the topic that gets the messages." };

    private static readonly Option<TopicSeek> From = Place("--from", $"Where it begins: {FromAllowed}.", FromAllowed, mayBeEarliest: true);

    private static readonly Option<TopicSeek> To = Place(
        "--to", "Where it ends, that place not included: an offset or a time (default: all there is now).", "an offset (a whole number), " + TimeInput.Allowed, mayBeEarliest: false);

    private static readonly Option<bool> Shadow = new("--shadow") { Description = "Change nothing; tell what would be new, revised, known, ignored and parked." };

    private static readonly Option<ImmutableDictionary<string, string>> Set = new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "With --shadow: an option of the handler as it would be, CREATE_TARGETS=always|never or IGNORE_TEST=true|false.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ReadOptions,
    };

    private static readonly Option<bool> Detach = new("--detach") { Description = "Do not wait for the end; tom replay show says how it stands." };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "replay",
            "Runs kept messages through a handler again, with books of its own: from the log, or from Kafka where the topic has none. Points are stored once all the same. For operators.",
            "tom replay --topic hermes.test --from 2026-11-01 --handler hermes",
            "tom replay --topic hermes.test --from earliest --handler hermes --shadow --set CREATE_TARGETS=always",
            "tom replay --topic hermes.test --from 1200 --to 1300 --handler log --detach",
            "tom replay list",
            "tom replay show 3 --json",
            "tom replay cancel 3")
        {
            Topic, Handler, From, To, Shadow, Set, Detach,
            ListCommand(runner),
            OfOne(runner, "show", "One replay: how far it is, its books; of a shadow one what would change.", (replays, id) => replays.GetAsync(id)),
            OfOne(runner, "cancel", "Ends a replay where it stands; what it did stays.", (replays, id) => replays.CancelAsync(id)),
        };
        command.Validators.Add(Check);
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var replay = await run.Grains.Replays().StartAsync(new()
        {
            Topic = run.Arguments.GetRequiredValue(Topic),
            Handler = run.Arguments.GetRequiredValue(Handler),
            From = run.Arguments.GetRequiredValue(From),
            To = run.Arguments.GetValue(To),
            Shadow = run.Arguments.GetValue(Shadow),
            Options = run.Arguments.GetValue(Set) ?? ImmutableDictionary<string, string>.Empty,
        });
        replay = run.Arguments.GetValue(Detach) ? replay : await ReplayWait.RunAsync(run, replay, cancellationToken);
        run.Report.Answer(ReplayOutput.Document(replay), () => ReplayOutput.Show(run.Report, replay));
        return !replay.HasEnded || replay.State == "done" ? ExitCode.Done : ExitCode.Failed;
    }

    private static Verb ListCommand(CommandRunner runner)
    {
        var command = new Verb("list", "Replays, newest first.", "tom replay list", "tom replay list --json");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var all = await run.Grains.Replays().ListAsync(PageOptions.DefaultLimit);
            run.Report.Answer(ReplayOutput.Document(all), () => ReplayOutput.ShowList(run.Report, all));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Verb OfOne(CommandRunner runner, string name, string description, Func<IReplaysGrain, long, Task<Replay>> call)
    {
        var id = Parsed.Argument<long>("ID", "The replay's id, as tom replay list shows it.", ParkedChoice.TryParseId, "the id of a replay: a whole number; tom replay list shows them");
        var command = new Verb(name, description, $"tom replay {name} 3") { id };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var replay = await call(run.Grains.Replays(), run.Arguments.GetRequiredValue(id));
            run.Report.Answer(ReplayOutput.Document(replay), () => ReplayOutput.Show(run.Report, replay));
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Check(CommandResult result)
    {
        foreach (var option in new Option[] { Topic, Handler, From })
        {
            if (result.GetResult(option) is null)
            {
                result.AddError($"{option.Name} is missing: tom replay needs --topic, --from and --handler");
                return;
            }
        }

        if (result.GetResult(Set) is not null && !result.GetValue(Shadow))
        {
            result.AddError("--set goes with --shadow: for good an option is set in the configuration");
        }
    }

    private static Option<TopicSeek> Place(string name, string description, string allowed, bool mayBeEarliest) => Parsed.Option(
        name,
        "place",
        description,
        (string text, out TopicSeek value) =>
        {
            var isPlace = SeekInput.TryParse(text, null, out var seek) && seek is not { To: SeekTo.Latest } && (mayBeEarliest || seek is not { To: SeekTo.Earliest });
            value = seek!;
            return isPlace;
        },
        allowed);

    private static ImmutableDictionary<string, string>? ReadOptions(ArgumentResult result)
    {
        var options = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var token in result.Tokens)
        {
            if (token.Value.Split('=', 2) is [{ Length: > 0 } key, { Length: > 0 } value])
            {
                options[key] = value;
            }
            else
            {
                result.AddError($"--set: '{SafeText.Line(token.Value)}' is not KEY=VALUE");
            }
        }

        return options.ToImmutable();
    }
}
