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
        var days = Positive("--days", "Only so many days before the newest measurement.", "a number of days greater than 0");
        var ascii = new Option<bool>("--ascii") { Description = "Draw with ASCII characters only, as is done where the terminal is not UTF-8." };
        var flux = new Option<bool>("--flux") { Description = "Draw fluxes: AB magnitudes as uJy, by AB = 23.9 - 2.5 log10(f / uJy) (Oke and Gunn 1983); Vega magnitudes would need the filter, and are left out." };
        var magnitude = new Option<bool>("--mag") { Description = "Draw magnitudes: janskys as AB magnitudes by the same formula, those below 3 sigma as limits." };
        var period = Positive("--period", "Fold on this period; two cycles are drawn.", "a period of days greater than 0");
        var epoch = Parsed.Option(
            "--epoch",
            "MJD",
            "With --period: a time of phase 0, as MJD or JD (default: the first point).",
            (string text, out double? value) =>
            {
                value = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? number is >= 10_000 and <= 150_000 ? number : number is >= 2_400_000 and <= 2_600_000 ? number - 2_400_000.5 : null
                    : null;
                return value is not null;
            },
            "an MJD (10000 to 150000) or JD (2400000 to 2600000)");
        var band = new Option<string[]>("--band") { HelpName = "name", Description = "Only this band, as --json spells it. May be given several times." };
        var command = new Verb(
            "plot",
            "Draws the light curve: bright is up, letters are bands, triangles are limits.",
            "tom plot SIM-001",
            "tom plot SIM-001 --days 30 --width 80 --height 24",
            "tom plot SIM-001 --flux --band g",
            "tom plot SIM-001 --period 0.5434 --epoch 60000.25",
            "tom plot SIM-001 --ascii > SIM-001.txt")
        {
            name, width, height, days, flux, magnitude, period, epoch, band, ascii,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(flux) && result.GetValue(magnitude))
            {
                result.AddError("--flux and --mag cannot both be drawn: give one of them");
            }
            else if (result.GetResult(epoch) is not null && result.GetResult(period) is null)
            {
                result.AddError("--epoch says where the phase of --period begins: give that too");
            }
        });
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var (target, points) = await run.PhotometryOf(run.Arguments.GetRequiredValue(name));
            var view = new PlotView
            {
                Quantity = run.Arguments.GetValue(flux) ? PlotQuantity.Flux : run.Arguments.GetValue(magnitude) ? PlotQuantity.Magnitude : PlotQuantity.AsStored,
                PeriodDays = run.Arguments.GetValue(period),
                EpochMjd = run.Arguments.GetValue(epoch),
                Bands = run.Arguments.GetValue(band) ?? [],
            };
            var curve = LightCurve.Of(points, view, run.Arguments.GetValue(days));
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

    private static Option<double?> Positive(string name, string description, string allowed) => Parsed.Option(
        name,
        "days",
        description,
        (string text, out double? value) =>
        {
            value = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? number : null;
            return value is not null;
        },
        allowed);
}
