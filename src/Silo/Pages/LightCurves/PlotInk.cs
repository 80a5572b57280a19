using MudBlazor.Utilities;
using TomOrleans.Silo.Pages.Frame;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Colours of the plot that belong to the page, as <c>#rrggbb</c>.</summary>
public sealed record PlotInk(string Text, string Faint, string Grid, string Background)
{
    public static PlotInk Of(PageTheme theme)
    {
        var palette = PageThemes.Palette(theme);
        return new(Hex(palette.TextPrimary), Hex(palette.TextSecondary), Hex(palette.LinesDefault), Hex(palette.Surface));
    }

    private static string Hex(MudColor colour) => colour.ToString(MudColorOutputFormats.Hex);
}
