using System.CommandLine;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;
using TomOrleans.Events;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom watch</c>: what happens, one line an event, until it is interrupted. That is its good end.</summary>
internal static class WatchCommand
{
    /// <summary>A silo that goes takes the feed with it; another one has it a moment later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly Option<string> Topic = new("--topic") { HelpName = "name", Description = "Only events of this topic, with or without its stream." };

    private static readonly Option<string> Target = new("--target") { HelpName = "name", Description = "Only events of this target, by any of its names. With --topic: of either." };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "watch",
            "What happens, one line an event, until Ctrl-C: messages handled or parked, targets with new points, shares that ended, orders for topics. Events of a moment are put together; "
            + "they are hints, the truth is in the books. With --json one document a line.",
            "tom watch",
            "tom watch --topic hermes.test",
            "tom watch --target SIM-001 --json")
        {
            Topic, Target,
        };
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        TopicName? topic = run.Arguments.GetValue(Topic) is { } name ? TopicCommand.Find(await run.Grains.Tom().GetStatusAsync(), name).Name : null;
        long? target = run.Arguments.GetValue(Target) is { } wanted ? (await run.Grains.TargetDirectory().FindAsync(wanted)).Id : null;
        var isAll = topic is null && target is null;
        try
        {
            await foreach (var page in PagesAsync(run, cancellationToken))
            {
                if (page.IsGap)
                {
                    run.Report.Item(EventOutput.Gap, "... events may be missing here");
                }

                foreach (var happened in page.Events.Where(one => isAll || (topic is not null && one.Topic == topic) || (target is not null && one.TargetId == target)))
                {
                    run.Report.Item(EventOutput.Document(happened), EventOutput.Line(happened));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        return ExitCode.Done;
    }

    private static async IAsyncEnumerable<EventPage> PagesAsync(CommandRun run, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EventCursor? cursor = null;
        var answered = run.Now;
        while (true)
        {
            EventPage? page = null;
            try
            {
                page = await run.Grains.EventFeed().NextAsync(cursor).WaitAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is OrleansException or TimeoutException or TomException { Fault: TomFault.Unavailable } && cursor is not null && run.Now - answered < Patience)
            {
                await Task.Delay(Pause, run.Report.Surroundings.Time, cancellationToken);
            }

            if (page is not null)
            {
                (cursor, answered) = (page.Next, run.Now);
                yield return page;
            }
        }
    }
}
