using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom destination NAME [pause|resume]</c>: one destination, and orders for it.</summary>
internal static class DestinationCommand
{
    private static readonly string[] Orders = ["pause", "resume"];

    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "A destination of DATA_SHARING." };
        var order = new Argument<string?>("ORDER")
        {
            Description = "pause: send nothing until it is resumed, over restarts too; shares go on being queued. resume: also after it paused itself.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Verb("destination", "How one destination stands, and, for operators, its pause.", "tom destination hermes", "tom destination hermes pause", "tom destination hermes resume")
        {
            name, order,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(order) is { } given && !Orders.Contains(given))
            {
                result.AddError($"'{SafeText.Line(given)}' is no order for a destination: {string.Join(", ", Orders)}");
            }
        });
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var wanted = run.Arguments.GetRequiredValue(name);
            switch (run.Arguments.GetValue(order))
            {
                case "pause":
                    await run.Grains.Sharing(wanted).PauseAsync();
                    break;
                case "resume":
                    await run.Grains.Sharing(wanted).ResumeAsync();
                    break;
            }

            var all = (await run.Grains.Tom().GetStatusAsync()).Destinations;
            var destination = all.FirstOrDefault(other => other.Name == wanted) ?? throw new RefusedException(
                all.IsEmpty ? "there are no destinations: DATA_SHARING is empty" : $"no destination '{wanted}'; there are: {string.Join(", ", all.Select(other => other.Name))}");
            run.Report.Answer(StatusOutput.Document(destination), () => StatusOutput.ShowDestination(run.Report, destination));
            return ExitCode.Done;
        }));
        return command;
    }
}
