using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>The plot. New points, another theme or a switch change it in place: zoom, pan and hidden bands stay.</summary>
public sealed partial class LightCurveChart : ComponentBase, IDisposable
{
    private readonly Config _config = new()
    {
        Responsive = true,
        DisplayLogo = false,
        ModeBarButtonsToRemove = new[] { "select2d", "lasso2d", "autoScale2d" },
        ToImageButtonOptions = new { format = "png", scale = 2 },
    };

    private PlotlyChart? _chart;
    private IList<ITrace> _traces = [];
    private Layout _layout = new();
    private LightCurve? _drawn;
    private TimeAxis _timeAxis = TimeAxis.Mjd;
    private ShownBrightness _brightness;
    private double? _period;
    private double? _epoch;
    private int _leftOut;
    private bool _showErrors = true;
    private bool _showLimits = true;
    private bool _isDirty;
    private double _nowMjd;

    [Parameter, EditorRequired] public LightCurve Curve { get; set; } = LightCurve.Empty;

    /// <summary>The same points, to be shown as another quantity.</summary>
    [Parameter] public ImmutableArray<PhotometryPoint> Points { get; set; } = [];

    [Inject] private ThemeChoice Themes { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>Small curves are drawn by the small bundle.</summary>
    private bool IsSmall => Curve.Points <= PlotTraces.MostSvgPoints;

    private int Height => 440 + (200 * (Math.Max(1, Curve.Panels.Length) - 1));

    protected override void OnInitialized()
    {
        _nowMjd = new ObservationTime(Clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000).Mjd;
        Themes.Changed += RedrawNow;
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_drawn, Curve))
        {
            Redraw();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender || !_isDirty || _chart is null)
        {
            // The first plot is drawn by the chart itself.
            _isDirty = false;
            return;
        }

        _isDirty = false;
        try
        {
            await _chart.React();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser left while it was being drawn.
        }
    }

    public void Dispose() => Themes.Changed -= RedrawNow;

    private void Redraw()
    {
        var view = new PlotView(Themes.Current, _timeAxis, _showLimits, _showErrors, _nowMjd)
        {
            PeriodDays = _period is > 0 && double.IsFinite(_period.Value) ? _period : null,
            EpochMjd = _epoch ?? (Points.IsDefaultOrEmpty ? 0 : Points[0].Time.Mjd),
        };
        var curve = Shown();
        (_traces, _layout, _drawn, _isDirty) = (PlotTraces.Of(curve, view), PlotLayout.Of(curve, view), Curve, true);
    }

    private LightCurve Shown()
    {
        _leftOut = 0;
        if (_brightness == ShownBrightness.AsGiven || Points.IsDefaultOrEmpty)
        {
            return Curve;
        }

        Func<PhotometryPoint, PhotometryPoint?> show = _brightness == ShownBrightness.Fluxes ? BrightnessView.AsFlux : BrightnessView.AsMagnitude;
        ImmutableArray<PhotometryPoint> shown = [.. Points.Select(show).OfType<PhotometryPoint>()];
        _leftOut = Points.Length - shown.Length;
        return LightCurve.Of(shown);
    }

    private void RedrawNow()
    {
        Redraw();
        StateHasChanged();
    }
}
