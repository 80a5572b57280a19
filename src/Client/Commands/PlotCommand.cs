using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Output;
using TomOrleans.Client.Output.Plot;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom plot NAME</c>: the light curve in the terminal.</summary>
internal static class PlotCommand
{
    private const int LowestHeight = 12;

    private const int SmallestWidth = 40;

    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var width = Parsed.Number("--width", "Columns (default: the terminal's; 100 where there is none).", SmallestWidth, 1000);
        var height = Parsed.Number("--height", "Lines (default: to fit the terminal; 30 where there is none).", LowestHeight, 500);
        var days = Parsed.Option(
            "--days",
            "n",
            "Only so many days before the newest measurement.",
            (string text, out double? value) =>
            {
                value = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
                return value is not null;
            },
            "a number of days greater than 0");
        var ascii = new Option<bool>("--ascii") { Description = "Draw with ASCII characters only, as is done where the terminal is not UTF-8." };
        var command = new Verb(
            "plot",
            "Draws the light curve: bright is up, letters are bands, triangles are limits.",
            "tom plot SIM-001",
            "tom plot SIM-001 --days 30 --width 80 --height 24",
            "tom plot SIM-001 --ascii > SIM-001.txt")
        {
            name, width, height, days, ascii,
        };
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var (target, points) = await run.PhotometryOf(run.Arguments.GetRequiredValue(name));
            var curve = LightCurve.Of(points, run.Arguments.GetValue(days));
            var place = run.Report.Surroundings;
            var size = new PlotSize(
                run.Arguments.GetValue(width) ?? Math.Max(SmallestWidth, place.OutIsTerminal ? place.Width : 100),
                run.Arguments.GetValue(height) ?? Math.Clamp(place.OutIsTerminal ? place.Height - 2 : 30, LowestHeight, 40),
                run.Arguments.GetValue(ascii) || !place.Unicode);
            run.Report.Answer(PlotOutput.Document(target, curve), () => PlotOutput.Show(run.Report, target, curve, size));
            return ExitCode.Done;
        }));
        return command;
    }
}
