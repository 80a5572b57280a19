using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands.Targets;

/// <summary><c>tom target search-log NAME</c>: kept messages once more, for a target.</summary>
internal static class TargetSearchLogCommand
{
    private const string Allowed = "a radius: 5arcsec, 1arcmin, 0.01";

    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var cone = Parsed.Option(
            "--cone",
            "RADIUS",
            "Also messages about what lies so near to it under a name that no target has; the name becomes an alias.",
            (string text, out double? value) =>
            {
                value = AngleInput.TryRadius(text, out var degrees) ? degrees : null;
                return value is not null;
            },
            Allowed);
        var command = new Verb(
            "search-log",
            "Looks through kept messages for a target again and stores their points. A target or an alias that is added does so by itself, without --cone.",
            "tom target search-log 'SN 2026ab'",
            "tom target search-log 'SN 2026ab' --cone 3arcsec",
            "tom replay list            (how far it is)")
        {
            name, cone,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            await run.Grains.TargetDirectory().SearchLogAsync(target.Id, run.Arguments.GetValue(cone));
            run.Report.Answer(
                new { Target = target.Name, Ordered = true },
                () => run.Report.Line(SafeText.Line($"kept messages are looked through for {target.Name}; how far it is: tom replay list")));
            return ExitCode.Done;
        }));
        return command;
    }
}
