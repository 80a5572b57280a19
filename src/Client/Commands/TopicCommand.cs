using System.CommandLine;
using System.CommandLine.Parsing;
using TomOrleans.Alerts;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;
using TomOrleans.Operations;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom topic NAME</c>: one topic's partitions and books. With <c>pause</c>, <c>resume</c> or <c>seek</c>, before or after the name: orders for it.</summary>
internal static class TopicCommand
{
    private static readonly string[] Orders = ["pause", "resume", "seek"];

    private static readonly Argument<string[]> Words = new("NAME [ORDER]")
    {
        Description = "The topic, with or without its stream (hermes.test or hopskotch/hermes.test); then, for operators, "
            + $"pause, resume, or seek with {SeekInput.Allowed}.",
        Arity = new ArgumentArity(1, 3),
    };

    private static readonly Option<string> Handler = new("--handler") { HelpName = "id", Description = "The order is for this handler of the topic only." };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "topic",
            "One topic: position and lag of each partition, last message and its age, books of each handler, offsets that were lost. Pauses it, resumes it, has it read from elsewhere.",
            "tom topic hermes.test",
            "tom topic hopskotch/hermes.test --json",
            "tom topic hermes.test pause",
            "tom topic hermes.test resume",
            "tom topic hermes.test seek 2026-11-01T20:00:00Z --handler log",
            "tom topic hermes.test seek earliest")
        {
            Words, Handler,
        };
        command.Validators.Add(Check);
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var (name, order, goal) = Split(run.Arguments.GetRequiredValue(Words));
        var topic = Find(await run.Grains.Tom().GetStatusAsync(), name);
        var handler = run.Arguments.GetValue(Handler);
        if (order is null)
        {
            var lost = await run.Grains.Topic(topic.Name).GetLostAsync();
            run.Report.Answer(TopicOutput.Document(topic, lost), () => TopicOutput.Show(run.Report, topic, lost, run.Now));
            return ExitCode.Done;
        }

        var done = await CarryOutAsync(run.Grains.Topic(topic.Name), order, goal, handler);
        var whole = $"{topic.Name}{(handler is null ? "" : $", handler {handler}")}";
        run.Report.Answer(
            new { topic.Name.Topic, topic.Name.Stream, handler, order, goal },
            () => run.Report.Line(SafeText.Line($"{whole} {done}; see: tom topic {topic.Name}")));
        return ExitCode.Done;
    }

    private static async Task<string> CarryOutAsync(ITopicGrain topic, string order, string? goal, string? handler)
    {
        switch (order)
        {
            case "pause":
                await topic.PauseAsync(handler);
                return "is paused, over restarts too, until it is resumed";
            case "resume":
                await topic.ResumeAsync(handler);
                return "goes on where its cursors stand";
            default:
                _ = SeekInput.TryParse(goal!, handler, out var seek);
                await topic.SeekAsync(seek!);
                return $"is read from {goal}";
        }
    }

    private static void Check(CommandResult result)
    {
        var words = result.GetValue(Words) ?? [];
        if (words.Length == 0)
        {
            return;
        }

        var (_, order, goal) = Split(words);
        if (order is not null && !Orders.Contains(order))
        {
            result.AddError($"'{SafeText.Line(order)}' is no order for a topic: {string.Join(", ", Orders)}");
        }
        else if (order == "seek" && (goal is null || !SeekInput.TryParse(goal, null, out _)))
        {
            result.AddError(goal is null ? $"seek where to? {SeekInput.Allowed}" : $"seek: '{SafeText.Line(goal)}' is not {SeekInput.Allowed}");
        }
        else if (order is "pause" or "resume" && goal is not null)
        {
            result.AddError($"{order} stands alone: leave out '{SafeText.Line(goal)}'");
        }
        else if (order is null && result.GetValue(Handler) is not null)
        {
            result.AddError("--handler goes with pause, resume or seek");
        }
    }

    /// <summary>The order may stand before the name, too, as with other commands.</summary>
    private static (string Name, string? Order, string? Goal) Split(string[] words) => words switch
    {
        [var order, var name, .. var rest] when Orders.Contains(order) && !Orders.Contains(name) => (name, order, rest is [var goal] ? goal : null),
        [var name, var order, .. var rest] => (name, order, rest is [var goal] ? goal : null),
        _ => (words[0], null, null),
    };

    /// <summary>Throws <see cref="RefusedException"/> where no topic, or more than one, has the name.</summary>
    public static TopicStatus Find(TomStatus status, string name)
    {
        var all = status.Streams.SelectMany(stream => stream.Topics).ToList();
        var found = all.Where(topic => topic.Name.Topic == name || topic.Name.ToString() == name).ToList();
        return found switch
        {
            [var only] => only,
            [] when all.Count == 0 => throw new RefusedException($"no topic '{name}': no stream has any topic yet; see: tom status"),
            [] => throw new RefusedException($"no topic '{name}'; there are: {Names(all)}"),
            _ => throw new RefusedException($"'{name}' is a topic of several streams, name one of: {Names(found)}"),
        };
    }

    private static string Names(IEnumerable<TopicStatus> topics)
    {
        var names = topics.Select(topic => topic.Name.ToString()).Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", names.Take(10)) + (names.Count > 10 ? $" and {names.Count - 10} more (tom topics)" : "");
    }
}
