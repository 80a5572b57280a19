using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom targets</c>: lists targets, by name or place.</summary>
internal static class TargetsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var cone = Parsed.Option(
            "--cone",
            "RA,DEC,RADIUS",
            $"Only targets in this circle: {ConeInput.Allowed}.",
            (string text, out Cone? value) =>
            {
                value = ConeInput.TryParse(text, out var circle) ? circle : null;
                return value is not null;
            },
            ConeInput.Allowed);
        var name = new Option<string>("--name") { HelpName = "text", Description = "Only targets with this text in their name or an alias." };
        var page = new PageOptions();
        var command = new Verb(
            "targets",
            "Lists targets with their latest brightness.",
            "tom targets",
            "tom targets --name 2026ab",
            "tom targets --cone 83.63,22.01,0.5 --limit 20",
            "tom targets --cone 05:34:31.9,+22:00:52,5arcmin --json")
        {
            cone,
            name,
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var offset = page.Offset(run.Arguments);
            var found = await run.Grains.TargetDirectory().ListAsync(new()
            {
                Cone = run.Arguments.GetValue(cone),
                Text = run.Arguments.GetValue(name),
                Limit = page.Limit(run.Arguments),
                Offset = offset,
            });
            run.Report.Answer(TargetOutput.Document(found), () => TargetOutput.ShowList(run.Report, found, offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
