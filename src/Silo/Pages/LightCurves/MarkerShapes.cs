using GlSymbol = Plotly.Blazor.Traces.ScatterGlLib.MarkerLib.SymbolEnum;
using SvgSymbol = Plotly.Blazor.Traces.ScatterLib.MarkerLib.SymbolEnum;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Marker shapes: one an instrument for detections; limits always point down.</summary>
public static class MarkerShapes
{
    private static readonly (SvgSymbol Svg, GlSymbol Gl)[] Shapes =
    [
        (SvgSymbol.Circle, GlSymbol.Circle),
        (SvgSymbol.Square, GlSymbol.Square),
        (SvgSymbol.Diamond, GlSymbol.Diamond),
        (SvgSymbol.TriangleUp, GlSymbol.TriangleUp),
        (SvgSymbol.Pentagon, GlSymbol.Pentagon),
        (SvgSymbol.Cross, GlSymbol.Cross),
        (SvgSymbol.X, GlSymbol.X),
        (SvgSymbol.Star, GlSymbol.Star),
        (SvgSymbol.Hexagon, GlSymbol.Hexagon),
    ];

    public static SvgSymbol Svg(SeriesKind kind, int shape) => kind switch
    {
        SeriesKind.Limits => SvgSymbol.TriangleDownOpen,
        SeriesKind.Retracted => SvgSymbol.XThinOpen,
        _ => Shapes[shape % Shapes.Length].Svg,
    };

    public static GlSymbol Gl(SeriesKind kind, int shape) => kind switch
    {
        SeriesKind.Limits => GlSymbol.TriangleDownOpen,
        SeriesKind.Retracted => GlSymbol.XThinOpen,
        _ => Shapes[shape % Shapes.Length].Gl,
    };
}
