using Microsoft.JSInterop;

namespace TomOrleans.Silo.Pages.Frame;

/// <summary>
/// The little that only a browser can do; <c>wwwroot/page.js</c>. Lives as long as its circuit, and so does the module in the browser: there is nothing to give back, and asking a
/// browser that has gone would hold up the circuit's end.
/// </summary>
public sealed class PageScript(IJSRuntime js)
{
    private readonly Lazy<Task<IJSObjectReference>> _module = new(() => js.InvokeAsync<IJSObjectReference>("import", "./page.js").AsTask());

    /// <summary>Puts text on the clipboard; false where the browser does not allow it.</summary>
    public async Task<bool> CopyAsync(string text) => await (await _module.Value).InvokeAsync<bool>("copy", text);

    public async Task<bool> PrefersDarkAsync() => await (await _module.Value).InvokeAsync<bool>("prefersDark");

    public async Task KeepThemeAsync(string cookie, string theme) => await (await _module.Value).InvokeVoidAsync("keepTheme", cookie, theme);
}
