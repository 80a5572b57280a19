
namespace TomOrleans.Silo.Pages.Frame;

/// <summary>The look this visitor chose, one a circuit; kept in a cookie, so that the first paint has it already.</summary>
public sealed class ThemeChoice(PageScript script)
{
    public const string Cookie = "tom-theme";

    public PageTheme Current { get; private set; } = PageTheme.Light;

    /// <summary>Raised on the circuit's own context.</summary>
    public event Action? Changed;

    /// <summary>Takes the cookie's value, or what the visitor's system prefers when there is none.</summary>
    public async Task StartAsync(string? cookie)
    {
        Current = Parse(cookie) ?? (await script.PrefersDarkAsync() ? PageTheme.Dark : PageTheme.Light);
        Changed?.Invoke();
    }

    public async Task ChooseAsync(PageTheme theme)
    {
        // Kept before it is seen: what shows is what the next visit begins with.
        await script.KeepThemeAsync(Cookie, theme.ToString());
        Current = theme;
        Changed?.Invoke();
    }

    /// <summary>A theme by its name; null for anything else.</summary>
    public static PageTheme? Parse(string? name) => Enum.TryParse<PageTheme>(name, ignoreCase: true, out var theme) && Enum.IsDefined(theme) ? theme : null;
}
