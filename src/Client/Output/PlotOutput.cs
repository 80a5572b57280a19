using System.Globalization;
using Spectre.Console;
using TomOrleans.Client.Output.Plot;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>A light curve on the terminal, and what it shows as JSON.</summary>
internal static class PlotOutput
{
    public static object Document(Target target, LightCurve curve) => new
    {
        Target = target.Name,
        Id = target.Id.ToString(CultureInfo.InvariantCulture),
        Axis = new { curve.Unit, curve.BrightIsSmall },
        Fold = curve.Fold is { } fold ? new { fold.PeriodDays, fold.EpochMjd, Phases = curve.Points.Select(point => fold.PhaseOf(point.Mjd)) } : null,
        NotShown = curve.Remarks,
        Points = curve.Sources.Select(PhotometryOutput.Point),
    };

    public static void Show(Report report, Target target, LightCurve curve, PlotSize size)
    {
        var lines = LightCurvePlot.Render(SafeText.Line(target.Name), curve, size);
        if (!report.Surroundings.OutIsTerminal)
        {
            foreach (var line in lines)
            {
                report.Line(line.ToString());
            }

            return;
        }

        var picture = new Paragraph();
        foreach (var line in lines)
        {
            foreach (var (text, ink) in line.Pieces)
            {
                picture.Append(text, StyleOf(ink));
            }

            picture.Append("\n");
        }

        report.Show(picture);
    }

    private static Style StyleOf(Ink ink)
    {
        var style = ink.Band == '\0' ? Style.Plain : BandMark.StyleOf(ink.Band);
        return ink.IsPale ? style.Combine(new(decoration: Decoration.Dim)) : style;
    }
}
