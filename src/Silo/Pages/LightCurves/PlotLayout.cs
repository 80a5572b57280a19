using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using HoverLabels = Plotly.Blazor.LayoutLib.HoverLabelLib;
using Legends = Plotly.Blazor.LayoutLib.LegendLib;
using ModeBars = Plotly.Blazor.LayoutLib.ModeBarLib;
using X = Plotly.Blazor.LayoutLib.XAxisLib;
using Y = Plotly.Blazor.LayoutLib.YAxisLib;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Axes and colours of the light curve: a panel a quantity, one above the other, over one time axis.</summary>
public static class PlotLayout
{
    private const decimal PanelGap = 0.06m;
    private const string Fonts = "system-ui, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";
    private const string Clear = "rgba(0,0,0,0)";

    public static Layout Of(LightCurve curve, PlotView view)
    {
        var ink = PlotInk.Of(view.Theme);
        return new Layout
        {
            AutoSize = true,
            Margin = new() { L = 64, R = 34, T = 12, B = 48 },
            PaperBgColor = Clear,
            PlotBgColor = Clear,
            Font = new() { Family = Fonts, Size = 12, Color = ink.Text },
            HoverMode = HoverModeEnum.Closest,
            HoverLabel = new()
            {
                BgColor = ink.Background,
                BorderColor = ink.Faint,
                Align = HoverLabels.AlignEnum.Left,
                Font = new() { Family = Fonts, Color = ink.Text },
            },
            DragMode = DragModeEnum.Zoom,
            ModeBar = new() { Orientation = ModeBars.OrientationEnum.V, BgColor = Clear, Color = ink.Faint, ActiveColor = ink.Text },
            ShowLegend = true,
            Legend = [new() { Orientation = Legends.OrientationEnum.H, X = 0, Y = 1.02m, YAnchor = Legends.YAnchorEnum.Bottom }],

            // The same revision keeps zoom, pan and switched-off bands over a redraw; another time axis begins anew.
            UiRevision = $"{view.TimeAxis} {view.PeriodDays} {view.EpochMjd} {string.Join(' ', curve.Panels.Select(panel => panel.Title))}",
            XAxis = [Time(view, curve.Panels.Length, ink)],
            YAxis = [.. curve.Panels.Select((panel, index) => Brightness(panel, index, curve.Panels.Length, ink))],
        };
    }

    private static XAxis Time(PlotView view, int panels, PlotInk ink) => new()
    {
        Title = new() { Text = view.PeriodDays is { } period ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"phase (period {period} d, 0 at MJD {view.EpochMjd})") : view.TimeAxis switch { TimeAxis.Utc => "UTC", TimeAxis.DaysAgo => "days before now", _ => "MJD [d, UTC]" } },
        Type = view.PeriodDays is null && view.TimeAxis == TimeAxis.Utc ? X.TypeEnum.Date : X.TypeEnum.Linear,
        Anchor = AxisName(panels - 1),

        // All digits of the day, never 61.3k.
        TickFormat = view.PeriodDays is null && view.TimeAxis == TimeAxis.Mjd ? "~f" : null,
        Color = ink.Text,
        GridColor = ink.Grid,
        LineColor = ink.Grid,
        ShowLine = true,
        Mirror = X.MirrorEnum.All,
        ZeroLine = false,
        Ticks = X.TicksEnum.Inside,
    };

    private static YAxis Brightness(BrightnessPanel panel, int index, int panels, PlotInk ink)
    {
        var height = (1 - (PanelGap * (panels - 1))) / panels;
        var top = 1 - (index * (height + PanelGap));
        return new()
        {
            Title = new() { Text = panel.Title },
            Domain = [Math.Max(0, top - height), top],
            AutoRange = panel.IsInverted ? Y.AutoRangeEnum.Reversed : Y.AutoRangeEnum.True,
            Color = ink.Text,
            GridColor = ink.Grid,
            LineColor = ink.Grid,
            ShowLine = true,
            Mirror = Y.MirrorEnum.True,
            ZeroLine = !panel.IsInverted,
            ZeroLineColor = ink.Faint,
            Ticks = Y.TicksEnum.Inside,
            ExponentFormat = Y.ExponentFormatEnum.Power,
        };
    }

    /// <summary>Plotly's name of a panel's y axis: <c>y</c>, <c>y2</c> ...</summary>
    public static string AxisName(int panel) => panel <= 0 ? "y" : $"y{panel + 1}";
}
