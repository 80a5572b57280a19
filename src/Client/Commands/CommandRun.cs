using System.CommandLine;
using TomOrleans.Client.Connection;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary>What a command needs while it runs: its arguments, the grains, and where its answer goes.</summary>
internal sealed record CommandRun(ParseResult Arguments, IGrainFactory Grains, Report Report)
{
    public DateTimeOffset Now => Report.Surroundings.Time.GetUtcNow();
}

/// <summary>A command's work; returns its <see cref="ExitCode"/>.</summary>
internal delegate Task<int> CommandWork(CommandRun run, CancellationToken cancellationToken);

/// <summary>Opens the connection, runs a command, and turns whatever goes wrong into one line and an exit code.</summary>
internal sealed class CommandRunner(Surroundings surroundings, GlobalOptions options)
{
    public Func<ParseResult, CancellationToken, Task<int>> Connected(CommandWork work) => async (arguments, cancellationToken) =>
    {
        ConnectionSettings settings;
        try
        {
            settings = options.Connection(arguments, surroundings);
        }
        catch (RefusedException refusal)
        {
            surroundings.Error.WriteLine($"tom: {SafeText.Line(refusal.Message)}");
            return ExitCode.WrongUsage;
        }

        var report = new Report(surroundings, options.IsJson(arguments));
        try
        {
            await using var connection = await report.WhileWaiting(
                $"connecting to {settings.Gateways}",
                _ => SiloConnection.OpenAsync(settings, cancellationToken));
            return await work(new(arguments, connection.Grains, report), cancellationToken);
        }
        catch (Exception failure)
        {
            surroundings.Error.WriteLine($"tom: {FailureText.Of(failure, settings)}");
            return ExitCode.Failed;
        }
    };
}
