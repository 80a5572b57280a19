using MudBlazor;

namespace TomOrleans.Silo.Pages.Frame;

/// <summary>The three looks. Fonts are the system's own: nothing is fetched from anywhere.</summary>
public static class PageThemes
{
    private static readonly string[] SystemFonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "DejaVu Sans", "sans-serif"];

    private static readonly PaletteLight Light = new()
    {
        Primary = "#1f4f8f",
        Secondary = "#5a6b7f",
        Tertiary = "#7a5aa0",
        Info = "#1f6f9f",
        Success = "#22724a",
        Warning = "#a05a00",
        Error = "#b3261e",
        AppbarBackground = "#16243a",
        AppbarText = "#e8edf4",
        Background = "#f6f7f9",
        BackgroundGray = "#eceff3",
        Surface = "#ffffff",
        TextPrimary = "#1b2430",
        TextSecondary = "#55616f",
        ActionDefault = "#55616f",
        LinesDefault = "#d9dee5",
        LinesInputs = "#b4bdc8",
        TableLines = "#e2e6ec",
        Divider = "#d9dee5",
    };

    private static readonly PaletteDark Dark = new()
    {
        Primary = "#7fb2f0",
        Secondary = "#9fb0c3",
        Tertiary = "#c0a4e8",
        Info = "#7cc4ea",
        Success = "#79c99b",
        Warning = "#f0b464",
        Error = "#ff8a80",
        PrimaryContrastText = "#0f1722",
        AppbarBackground = "#0b111a",
        AppbarText = "#dfe7f1",
        Background = "#10161f",
        BackgroundGray = "#0c1119",
        Surface = "#171f2a",
        DrawerBackground = "#171f2a",
        TextPrimary = "#dde4ed",
        TextSecondary = "#94a1b1",
        ActionDefault = "#94a1b1",
        LinesDefault = "#2b3646",
        LinesInputs = "#48566a",
        TableLines = "#243040",
        Divider = "#2b3646",
    };

    private static readonly PaletteDark Night = new()
    {
        Primary = "#ff5a3c",
        Secondary = "#b8402c",
        Tertiary = "#d04a30",
        Info = "#d8492f",
        Success = "#d8492f",
        Warning = "#ff7a4a",
        Error = "#ff3b24",
        PrimaryContrastText = "#140000",
        AppbarBackground = "#120000",
        AppbarText = "#e0452c",
        Background = "#080000",
        BackgroundGray = "#050000",
        Surface = "#110202",
        DrawerBackground = "#110202",
        TextPrimary = "#e0452c",
        TextSecondary = "#a83422",
        TextDisabled = "#6a2015",
        ActionDefault = "#b03a26",
        ActionDisabled = "#5a1a10",
        LinesDefault = "#3a0d07",
        LinesInputs = "#6a2015",
        TableLines = "#2c0a05",
        Divider = "#3a0d07",
        OverlayDark = "rgba(8,0,0,0.7)",
    };

    private static readonly Dictionary<PageTheme, MudTheme> Themes = Enum.GetValues<PageTheme>().ToDictionary(theme => theme, theme => new MudTheme
    {
        PaletteLight = Light,
        PaletteDark = theme == PageTheme.Night ? Night : Dark,
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = SystemFonts, FontSize = "0.875rem", LineHeight = "1.45" },
            Button = new ButtonTypography { TextTransform = "none" },
        },
        LayoutProperties = new() { DefaultBorderRadius = "6px", AppbarHeight = "48px" },
    });

    public static MudTheme Of(PageTheme theme) => Themes[theme];

    public static Palette Palette(PageTheme theme) => theme switch
    {
        PageTheme.Light => Light,
        PageTheme.Dark => Dark,
        _ => Night,
    };
}
