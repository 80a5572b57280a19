using Plotly.Blazor.LayoutLib.YAxisLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib.MarkerLib;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Silo.Pages.LightCurves;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Pages.LightCurves;

public sealed class PlotTracesTests
{
    private static readonly PlotView View = new(PageTheme.Light, TimeAxis.Mjd, ShowLimits: true, ShowErrors: true, NowMjd: 61_223);

    [Fact]
    public void A_detection_is_drawn_at_its_time_and_brightness_with_a_translucent_error_bar()
    {
        var trace = Draw(View, Points.Detection(18.2, 0.1));
        Assert.Equal((61_222.0, 18.2, 0.1), ((double)trace.X[0], (double)trace.Y[0], (double)trace.ErrorY.Array[0]));
        Assert.Equal(trace.Marker.Color + "70", trace.ErrorY.Color);
        Assert.Equal(SymbolEnum.Circle, trace.Marker.Symbol);
    }

    [Fact]
    public void A_limit_is_a_pale_triangle_that_points_down_without_an_error_bar()
    {
        var trace = Draw(View, Points.Limit(20.5));
        Assert.Equal((20.5, SymbolEnum.TriangleDownOpen), ((double)trace.Y[0], trace.Marker.Symbol));
        Assert.True(trace.Opacity < .5m);
        Assert.Null(trace.ErrorY);
    }

    [Fact]
    public void Detections_and_limits_of_a_band_are_one_entry_of_the_legend()
    {
        var traces = PlotTraces.Of(LightCurve.Of([Points.Detection(18), Points.Limit(20)]), View).Cast<Scatter>().ToList();
        Assert.Equal([true, false], traces.Select(trace => trace.ShowLegend));
        Assert.Single(traces.Select(trace => trace.LegendGroup).Distinct());
        Assert.True(Draw(View, Points.Limit(20)).ShowLegend);
    }

    [Fact]
    public void Switches_hide_limits_and_error_bars()
    {
        Assert.Empty(PlotTraces.Of(LightCurve.Of([Points.Limit(20)]), View with { ShowLimits = false }));
        Assert.Null(Draw(View with { ShowErrors = false }, Points.Detection(18, .1)).ErrorY);
    }

    [Fact]
    public void The_time_axis_can_be_a_date_or_days_before_now()
    {
        Assert.Equal("2026-07-01 00:00:00.000", Draw(View with { TimeAxis = TimeAxis.Utc }, Points.Detection(18)).X[0]);
        Assert.Equal(-1.0, Draw(View with { TimeAxis = TimeAxis.DaysAgo }, Points.Detection(18)).X[0]);
    }

    [Fact]
    public void Beyond_some_thousand_points_webgl_draws()
    {
        var curve = LightCurve.Of([.. Enumerable.Range(0, PlotTraces.MostSvgPoints + 1).Select(i => Points.Detection(18) with { Time = new(Points.Epoch + i) })]);
        Assert.IsType<ScatterGl>(Assert.Single(PlotTraces.Of(curve, View)));
    }

    [Fact]
    public void Magnitudes_grow_downwards_and_zoom_survives_a_redraw_of_the_same_time_axis()
    {
        var curve = LightCurve.Of([Points.Detection(18), Points.Detection(90, unit: BrightnessUnit.Microjansky)]);
        var layout = PlotLayout.Of(curve, View);
        Assert.Equal([AutoRangeEnum.Reversed, AutoRangeEnum.True], layout.YAxis.Select(axis => axis.AutoRange));
        Assert.True(((decimal)layout.YAxis[1].Domain[1]) < (decimal)layout.YAxis[0].Domain[0]);
        Assert.Equal(layout.UiRevision, PlotLayout.Of(curve, View with { Theme = PageTheme.Night }).UiRevision);
        Assert.NotEqual(layout.UiRevision, PlotLayout.Of(curve, View with { TimeAxis = TimeAxis.Utc }).UiRevision);
        Assert.Equal("y2", ((Scatter)PlotTraces.Of(curve, View)[1]).YAxis);
    }

    [Fact]
    public void The_hover_text_tells_all_and_escapes_what_came_from_outside()
    {
        var point = Points.Detection(18.2, .1, band: "<b>r</b>") with { LimitingBrightness = 20.5, LimitingBrightnessUnit = BrightnessUnit.AbMagnitude, Origin = "a&b\u0007<a href='x'>" };
        Assert.Equal(
            "MJD 61222.00000<br>2026-07-01 00:00:00 UTC<br><b>18.20 ± 0.10 mag (AB)</b><br>limit &gt; 20.5 mag (AB)<br>&lt;b&gt;r&lt;/b&gt; · 1m0a/fa16<br>a&amp;b&lt;a href='x'&gt;",
            PlotText.Hover(point));
    }

    private static Scatter Draw(PlotView view, PhotometryPoint point) => Assert.IsType<Scatter>(Assert.Single(PlotTraces.Of(LightCurve.Of([point]), view)));
}
