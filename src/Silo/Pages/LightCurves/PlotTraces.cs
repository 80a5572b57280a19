using Plotly.Blazor;
using Plotly.Blazor.Traces;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Targets;
using Gl = Plotly.Blazor.Traces.ScatterGlLib;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Series as Plotly's traces: SVG up to some thousand points, WebGL beyond.</summary>
public static class PlotTraces
{
    /// <summary>SVG stays smooth up to about here; the small bundle without WebGL is loaded below it.</summary>
    public const int MostSvgPoints = 5_000;

    private const decimal PaleOpacity = 0.4m;

    /// <summary>One trace a series that is to be shown, in the order of the legend.</summary>
    public static IList<ITrace> Of(LightCurve curve, PlotView view)
    {
        var named = new HashSet<(int, string)>();
        var shown = curve.Series.Where(series => view.ShowLimits || series.Kind != SeriesKind.Limits);
        return [.. shown.Select(series => Trace(curve, series, view, named.Add((series.Panel, series.Group))))];
    }

    private static ITrace Trace(LightCurve curve, LightCurveSeries series, PlotView view, bool isNamed)
    {
        var panel = curve.Panels[series.Panel];
        var points = view.PeriodDays is null ? series.Points : series.Points.AddRange(series.Points);
        var x = points.Select((point, i) => X(point, view, isSecondCycle: i >= series.Points.Length)).ToList();
        var y = points.Select(point => (object)panel.InUnit(LightCurve.ValueOf(point), LightCurve.UnitOf(point))).ToList();
        var hover = points.Select(PlotText.Hover).ToList();
        var errors = view.ShowErrors && series.Kind != SeriesKind.Limits && series.Points.Any(point => point.BrightnessError is > 0)
            ? points.Select(point => (object)panel.InUnit(point.BrightnessError ?? 0, point.BrightnessUnit)).ToList()
            : null;
        var colour = BandColours.Of(series.WavelengthNanometres, view.Theme);
        var name = PlotText.Escape(series.Group);
        var yAxis = PlotLayout.AxisName(series.Panel);
        return curve.Points > MostSvgPoints ? Webgl() : InSvg();

        ITrace InSvg() => new Scatter
        {
            Name = name,
            LegendGroup = series.Group,
            ShowLegend = isNamed,
            Mode = Svg.ModeFlag.Markers,
            YAxis = yAxis,
            X = x,
            Y = y,
            TextArray = hover,
            HoverInfo = Svg.HoverInfoFlag.Text,
            Opacity = Opacity(series.Kind),
            Marker = new()
            {
                Color = colour,
                Size = Size(series.Kind),
                Symbol = MarkerShapes.Svg(series.Kind, series.Shape),
                Line = new() { Width = 0.8m, Color = Edge(series.Kind, colour, view.Theme) },
            },
            ErrorY = errors is null ? null : new() { Type = Svg.ErrorYLib.TypeEnum.Data, Array = errors, Color = Translucent(colour), Thickness = 1.2m, Width = 0, Visible = true },
        };

        ITrace Webgl() => new ScatterGl
        {
            Name = name,
            LegendGroup = series.Group,
            ShowLegend = isNamed,
            Mode = Gl.ModeFlag.Markers,
            YAxis = yAxis,
            X = x,
            Y = y,
            TextArray = hover,
            HoverInfo = Gl.HoverInfoFlag.Text,
            Opacity = Opacity(series.Kind),
            Marker = new() { Color = colour, Size = Size(series.Kind) - 2, Symbol = MarkerShapes.Gl(series.Kind, series.Shape) },
            ErrorY = errors is null ? null : new() { Type = Gl.ErrorYLib.TypeEnum.Data, Array = errors, Color = Translucent(colour), Thickness = 1, Width = 0, Visible = true },
        };
    }

    private static object X(PhotometryPoint point, PlotView view, bool isSecondCycle) => view.TimeAxis switch
    {
        _ when view.PeriodDays is not null => view.PhaseOf(point.Time.Mjd) + (isSecondCycle ? 1 : 0),
        TimeAxis.Utc => point.Time.Utc.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture),
        TimeAxis.DaysAgo => point.Time.Mjd - view.NowMjd,
        _ => point.Time.Mjd,
    };

    private static decimal Opacity(SeriesKind kind) => kind == SeriesKind.Detections ? 1 : PaleOpacity;

    private static int Size(SeriesKind kind) => kind == SeriesKind.Detections ? 8 : 7;

    /// <summary>Detections get a thin edge in the background's colour, so that neighbours stay apart; open symbols are drawn by theirs.</summary>
    private static string Edge(SeriesKind kind, string colour, PageTheme theme) => kind == SeriesKind.Detections ? PlotInk.Of(theme).Background : colour;

    /// <summary>The colour at about 45 %, as <c>#rrggbbaa</c>.</summary>
    private static string Translucent(string colour) => $"{colour}70";
}
