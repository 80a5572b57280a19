using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target add NAME</c>.</summary>
internal static class TargetAddCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "Its name: unique over the names and aliases of all targets (case, blanks, -, _ and brackets do not count)." };
        var alias = new Option<string[]>("--alias") { HelpName = "name", Description = "Another name of it, as often as needed." };
        var list = new Option<string[]>("--list") { HelpName = "name", Description = "A list to put it in, as often as needed; made where it does not exist." };
        var ignoreLog = new Option<bool>("--ignore-log") { Description = "Do not look through kept messages for it." };
        var facts = new FactOptions();
        var command = new Verb(
            "add",
            "Adds a target. Kept messages that name it are looked through, and their points stored.",
            "tom target add 'SN 2026ab' --ra 05:34:31.9 --dec +22:00:52",
            "tom target add 'SN 2026ab' --ra 83.633 --dec 22.014 --alias ZTF26aabcdef --list 'Follow up' --field host='NGC 1952'",
            "tom target add Barnard --ra 269.452 --dec 4.693 --set epoch=2000 --set pm_ra=-802.8 --set pm_dec=10362.5 --set parallax=546.98",
            "tom target add Ceres --type non-sidereal --scheme MPC_MINOR_PLANET --set epoch_of_elements=61000 --set inclination=10.59 --set lng_asc_node=80.3 "
            + "--set arg_of_perihelion=73.6 --set eccentricity=0.0789 --set mean_anomaly=291.4 --set semimajor_axis=2.769")
        {
            name, alias, list, ignoreLog,
        };
        facts.AddTo(command, withTakingAway: false);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var edit = facts.Apply(new() { Name = run.Arguments.GetRequiredValue(name) }, run.Arguments);
            var target = await run.Grains.TargetDirectory().AddAsync(new()
            {
                Name = edit.Name,
                Aliases = [.. run.Arguments.GetValue(alias) ?? []],
                Type = edit.Type,
                RightAscensionDegrees = edit.RightAscensionDegrees,
                DeclinationDegrees = edit.DeclinationDegrees,
                Astrometry = edit.Astrometry,
                Elements = edit.Elements,
                Extras = edit.Extras,
                Lists = [.. run.Arguments.GetValue(list) ?? []],
                IgnoresLog = run.Arguments.GetValue(ignoreLog),
            });
            run.Report.Answer(TargetOutput.Document(target), () => TargetOutput.Show(run.Report, target));
            return ExitCode.Done;
        }));
        return command;
    }
}
