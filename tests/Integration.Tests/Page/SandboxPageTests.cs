using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TomOrleans.Integration.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>The page as somebody sees it who has just started the sandbox: the real silo program, the real streams, the stand-in Hermes.</summary>
public sealed partial class SandboxPageTests(Browser browser) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-page-");

    [Fact]
    public async Task Somebody_who_starts_the_sandbox_sees_targets_light_curves_balanced_books_and_a_share_delivered()
    {
        Assert.SkipWhen(Browser.Executable is null, Browser.Missing);
        var ports = SiloPorts.Free();
        await using var silo = await SiloProcess.StartAsync(_folder.FullName, ports);
        await using var tab = await browser.OpenAsync(new($"http://127.0.0.1:{ports.Http}/"));

        await tab.Page.GotoAsync("/?sort=name");
        await Expect(tab.Page.Locator(".badge")).ToHaveTextAsync("sandbox");
        await tab.Page.Locator("td.name a").First.ClickAsync();
        await Expect(tab.Page.Locator("#light-curve .points path").First).ToBeVisibleAsync();
        var name = await tab.Page.Locator("h1").TextContentAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await Expect(tab.Page.Locator("pre.body")).ToContainTextAsync(name!);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(tab.Page.Locator(".mud-snackbar")).ToContainTextAsync("Queued as share");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Outbox" }).ClickAsync();
        var share = tab.Page.Locator("tbody tr", new() { HasText = name });
        await Expect(share).ToContainTextAsync("delivered");
        await Expect(share).ToContainTextAsync(Uuid());
        await Expect(share).ToContainTextAsync("by sandbox");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Streams" }).ClickAsync();
        await Expect(tab.Page.Locator("h2 .chip")).ToHaveTextAsync("connected");
        await Expect(tab.Page.Locator(".head .chip")).ToContainTextAsync("books balance");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Parked" }).ClickAsync();
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Parked");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await tab.Page.Locator("tbody a", new() { HasText = "hermes." }).First.ClickAsync();
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("done: handled or ignored");
        await Expect(tab.Page.Locator("pre.foreign")).ToContainTextAsync("\"photometry\"");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("No events yet");

        Assert.Empty(tab.Complaints);
        Assert.Empty(tab.Strangers);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
