using System.CommandLine;
using System.CommandLine.Help;
using TomOrleans.Client.Commands;
using TomOrleans.Client.Commands.Targets;
using TomOrleans.Client.Output;

namespace TomOrleans.Client;

/// <summary>The program <c>tom</c>: parses, runs, answers with an <see cref="ExitCode"/>.</summary>
internal static class TomConsole
{
    /// <param name="arguments">The command line.</param>
    /// <param name="surroundings">Where it runs.</param>
    /// <param name="interrupt">Stops the work, as Ctrl-C does.</param>
    public static async Task<int> RunAsync(string[] arguments, Surroundings surroundings, CancellationToken interrupt = default)
    {
        var root = Root(surroundings);

        // Response files off: a title such as "@home" is a title, not a file to read arguments from.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            var command = PathOf(parsed.CommandResult.Command);
            surroundings.Error.WriteLine($"tom: {SafeText.Line(Fault(parsed, command)).TrimEnd('.')}. See: {command} --help");
            return ExitCode.WrongUsage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        };
        return await parsed.InvokeAsync(invocation, interrupt);
    }

    private static Verb Root(Surroundings surroundings)
    {
        var options = new GlobalOptions();
        var runner = new CommandRunner(surroundings, options);
        var root = new Verb(
            "tom",
            "The console of TomOrleans, an astronomer's Target and Observation Manager.",
            "tom status",
            "tom targets --cone 83.63,22.01,0.5",
            "tom plot SIM-001",
            "tom share SIM-001 --to hermes:hermes.test --wait",
            "tom status --gateway tom.example.org:30000 --json")
        {
            new HelpOption { Recursive = true, Action = new HelpWithExamples() },
            new VersionOption { Action = new ShowVersion() },
            StatusCommand.Create(runner),
            NoticesCommand.Create(runner),
            WatchCommand.Create(runner),
            TopicsCommand.Create(runner),
            TopicCommand.Create(runner),
            TargetsCommand.Create(runner),
            TargetCommand.Create(runner, surroundings),
            ListCommand.Create(runner, surroundings),
            ImportTomCommand.Create(runner),
            PhotometryCommand.Create(runner),
            PlotCommand.Create(runner),
            SpectraCommand.Create(runner),
            FilesCommand.Create(runner, surroundings),
            ShareCommand.Create(runner, surroundings),
            SharesCommand.Create(runner),
            AuditCommand.Create(runner),
            RetractionsCommand.Create(runner),
            DestinationCommand.Create(runner),
            ContinuousCommand.Create(runner),
            ParkedCommand.Create(runner, surroundings),
            PublishCommand.Create(runner),
            MessagesCommand.Create(runner),
            MessageCommand.Create(runner),
            ReplayCommand.Create(runner),
            SkyEventsCommand.Create(runner),
            SkyEventCommand.Create(runner),
            DoctorCommand.Create(runner),
            ConfigCommand.Create(runner),
        };
        options.AddTo(root);
        return root;
    }

    private static string Fault(ParseResult parsed, string command) => parsed.UnmatchedTokens is [var first, ..]
        ? $"'{first}' is no command, option or argument of {command}"
        : parsed.Errors[0].Message;

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
