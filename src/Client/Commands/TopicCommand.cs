using System.CommandLine;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;
using TomOrleans.Operations;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom topic NAME</c>: one topic's partitions and books.</summary>
internal static class TopicCommand
{
    private static readonly Argument<string> Name = new("NAME")
    {
        Description = "The topic, with or without its stream: hermes.test or hopskotch/hermes.test.",
    };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "topic",
            "One topic: position and lag of each partition, last message and its age, books of each handler.",
            "tom topic hermes.test",
            "tom topic hopskotch/hermes.test --json")
        {
            Name,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var topic = Find(await run.Grains.Tom().GetStatusAsync(), run.Arguments.GetRequiredValue(Name));
            run.Report.Answer(TopicOutput.Document(topic), () => TopicOutput.Show(run.Report, topic, run.Now));
            return ExitCode.Done;
        }));
        return command;
    }

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
