using System.CommandLine;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;
using TomOrleans.Operations;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom publish TOPIC FILE</c>: publishes a file as one message.</summary>
internal static class PublishCommand
{
    private static readonly string[] Formats = ["json", "circular", "voevent", "avro", "gcntextnotice", "blob"];

    private static readonly Argument<string> Topic = new("TOPIC")
    {
        Description = "Where to: a topic, with its stream in front where there are several that could be meant (hopskotch/hermes.test).",
    };

    private static readonly Argument<FileInfo> Content = new("FILE") { Description = $"The message, at most {PublishRequest.MaxBytes:N0} bytes." };

    private static readonly Option<string> Format = new("--format")
    {
        HelpName = "name",
        Description = $"What it is: {string.Join(", ", Formats)} (default: told from the content).",
    };

    private static readonly Option<bool> Test = new("--test") { Description = "Mark it as a test; most readers skip those." };

    static PublishCommand() => Format.AcceptOnlyFromAmong(Formats);

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "publish",
            "Publishes a message of one's own, as hop-client does, to a stream that its account may write to. The message is checked first; what is published cannot be taken back.",
            "tom publish hermes.test message.json --test",
            "tom publish hopskotch/my-group.alerts event.xml --format voevent",
            "tom publish hermes.test message.json --json")
        {
            Topic, Content, Format, Test,
        };
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(run.Arguments.GetRequiredValue(Content), cancellationToken);
        var (stream, topic) = Find(await run.Grains.Tom().GetStatusAsync(), run.Arguments.GetRequiredValue(Topic));
        var receipt = await run.Grains.Publisher(stream).PublishAsync(new()
        {
            Topic = topic,
            Content = content,
            Format = run.Arguments.GetValue(Format),
            IsTest = run.Arguments.GetValue(Test),
        });
        run.Report.Answer(
            new { receipt.Stream, receipt.Topic, receipt.Partition, Offset = receipt.Offset.ToString(System.Globalization.CultureInfo.InvariantCulture), receipt.Id, receipt.Format },
            () => run.Report.Line(SafeText.Line(
                $"published as {receipt.Format} to {receipt.Stream}/{receipt.Topic}: partition {receipt.Partition}, offset {receipt.Offset}, id {receipt.Id}")));
        return ExitCode.Done;
    }

    private static async Task<byte[]> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new RefusedException($"no file '{file}'");
        }

        return file.Length <= PublishRequest.MaxBytes
            ? await File.ReadAllBytesAsync(file.FullName, cancellationToken)
            : throw new RefusedException($"'{file}' has {file.Length:N0} bytes; at most {PublishRequest.MaxBytes:N0} can be published");
    }

    /// <summary>The stream that is named, else the only one there is, else the only one that shows the topic.</summary>
    private static (string Stream, string Topic) Find(TomStatus status, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return (name[..slash], name[(slash + 1)..]);
        }

        var all = status.Streams.Select(stream => stream.Id).ToList();
        var showing = status.Streams.Where(stream => stream.Topics.Any(topic => topic.Name.Topic == name)).Select(stream => stream.Id).ToList();
        return (all, showing) switch
        {
            ([var only], _) => (only, name),
            (_, [var only]) => (only, name),
            ([], _) => throw new RefusedException("no stream to publish to: none is active in ALERT_STREAMS"),
            _ => throw new RefusedException($"say to which stream: {string.Join(", ", (showing.Count > 0 ? showing : all).Select(stream => $"{stream}/{name}"))}"),
        };
    }
}
