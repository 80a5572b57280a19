namespace TomOrleans.Client.Output.Plot;

/// <summary>The characters a plot is made of.</summary>
internal sealed record PlotGlyphs(
    char ValueAxis, char ValueTick, char Corner, char TimeAxis, char TimeTick, char ErrorBar, char Limit)
{
    public static readonly PlotGlyphs Unicode = new('│', '┤', '└', '─', '┬', '│', '▽');

    public static readonly PlotGlyphs Ascii = new('|', '+', '+', '-', '+', '|', 'v');
}
