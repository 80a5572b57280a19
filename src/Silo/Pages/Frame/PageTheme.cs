namespace TomOrleans.Silo.Pages.Frame;

public enum PageTheme
{
    Light,

    Dark,

    /// <summary>Red on black: keeps eyes used to the dark at the telescope.</summary>
    Night,
}
