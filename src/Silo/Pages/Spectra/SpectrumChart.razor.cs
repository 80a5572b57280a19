using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Plotly.Blazor;
using TomOrleans.Silo.Pages.Frame;
using TomOrleans.Silo.Pages.LightCurves;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Spectra;

/// <summary>One spectrum as a line; very long ones are thinned to what a screen can show.</summary>
public sealed partial class SpectrumChart : ComponentBase
{
    private readonly Config _config = new() { Responsive = true, DisplayLogo = false };
    private PlotlyChart? _chart;
    private IList<ITrace> _traces = [];
    private Layout _layout = new();
    private Spectrum? _drawn;
    private bool _isDirty;

    [Parameter, EditorRequired] public Spectrum Spectrum { get; set; } = null!;

    [Inject] private ThemeChoice Themes { get; set; } = null!;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_drawn, Spectrum))
        {
            (_traces, _layout, _drawn, _isDirty) = ([SpectrumPlot.Trace(Spectrum)], SpectrumPlot.Layout(Spectrum.Head, PlotInk.Of(Themes.Current)), Spectrum, true);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender || !_isDirty || _chart is null)
        {
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
}
