using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom targets</c>: lists targets, by name, place, list or field.</summary>
internal static class TargetsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var cone = Parsed.Option(
            "--cone",
            "RA,DEC,RADIUS",
            $"Only targets in this circle, nearest first: {ConeInput.Allowed}. A target has to be named in full.",
            (string text, out ConeInput? value) => ConeInput.TryParse(text, out value),
            ConeInput.Allowed);
        var name = new Option<string>("--name") { HelpName = "text", Description = "Only targets with this text in their name or an alias." };
        var list = new Option<string>("--list") { HelpName = "name", Description = "Only targets in this list (tom list shows the lists)." };
        var field = new Option<string>("--field") { HelpName = "KEY[=TEXT]", Description = "Only targets with this free field, of this value where one is given." };
        var latest = new Option<bool>("--latest") { Description = "Newest light first, instead of by name." };
        var page = new PageOptions();
        var command = new Verb(
            "targets",
            "Lists targets with their latest brightness; makes those of a table.",
            "tom targets",
            "tom targets --name 2026ab",
            "tom targets --list 'Follow up' --latest",
            "tom targets --cone 83.63,22.01,0.5 --limit 20",
            "tom targets --cone 05:34:31.9,+22:00:52,5arcmin --json",
            "tom targets --cone 'SN 2026ab,30arcsec'",
            "tom targets import targets.csv --dry-run")
        {
            cone, name, list, field, latest, TargetsImportCommand.Create(runner),
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var offset = page.Offset(run.Arguments);
            var (circle, given) = (run.Arguments.GetValue(cone), run.Arguments.GetValue(field)?.Split('=', 2));
            var found = await run.Grains.TargetDirectory().ListAsync(new()
            {
                Cone = circle?.Cone,
                Around = circle?.Around,
                Text = run.Arguments.GetValue(name),
                List = run.Arguments.GetValue(list),
                ExtraKey = given?[0],
                ExtraValue = given is [_, var value] ? value : null,
                LatestFirst = run.Arguments.GetValue(latest),
                Limit = page.Limit(run.Arguments),
                Offset = offset,
            });
            run.Report.Answer(TargetOutput.Document(found), () => TargetOutput.ShowList(run.Report, found, offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
