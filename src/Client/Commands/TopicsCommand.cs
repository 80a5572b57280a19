using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom topics</c>: the topics of all streams.</summary>
internal static class TopicsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Verb("topics", "The topics of all streams: partitions, lag, last message, handlers.", "tom topics", "tom topics --json");
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var status = await run.Grains.Tom().GetStatusAsync();
            var topics = status.Streams.SelectMany(stream => stream.Topics).ToList();
            run.Report.Answer(
                new { Topics = topics.Select(TopicOutput.Document) },
                () => TopicOutput.ShowList(run.Report, topics, run.Now));
            return ExitCode.Done;
        }));
        return command;
    }
}
