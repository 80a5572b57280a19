using Microsoft.Playwright;
using TomOrleans.Integration.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>What a sharer does on the page of a real silo: chooses what is sent, sees it before it goes, keeps sharing, and finds afterwards who did what.</summary>
public sealed class SharePagesTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-page-");

    [Fact]
    public async Task A_share_is_seen_before_it_is_sent_kept_up_ended_and_found_in_the_audit()
    {
        Assert.SkipWhen(Browser.Executable is null, Browser.Missing);
        var ports = SiloPorts.Free();
        await using var silo = await SiloProcess.StartAsync(_folder.FullName, ports);
        await using var tab = await browser.OpenAsync(new($"http://127.0.0.1:{ports.Http}/"));
        var page = tab.Page;
        var dialog = page.Locator(".mud-dialog");

        await page.GotoAsync("/?sort=name");
        await page.Locator("td.name a").First.ClickAsync();
        await Expect(page.Locator("table.points tbody tr").First).ToBeVisibleAsync();
        var name = (await page.Locator("h1").TextContentAsync())!;
        await ClickAsync(page, "Share");
        await dialog.GetByLabel("Title").FillAsync("Seen on the page");
        await Expect(dialog.Locator("pre.body")).ToContainTextAsync("Seen on the page");

        // What cannot be is said at once, and nothing can be sent.
        await dialog.GetByLabel("Since (UTC)").FillAsync("yesterday");
        await Expect(dialog).ToContainTextAsync("Since: ");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Since (UTC)").FillAsync("");
        await Expect(dialog.Locator("pre.body")).ToContainTextAsync(name);

        await ClickAsync(page, "Open in Hermes");
        await Expect(dialog.GetByRole(AriaRole.Link, new() { Name = "open it" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^https?://"));
        await dialog.GetByLabel("Keep sharing").CheckAsync();
        await ClickAsync(page, "Send");
        await Expect(page.Locator(".mud-snackbar").First).ToBeVisibleAsync();

        await page.GotoAsync("/outbox");
        await Expect(page.Locator("tbody tr", new() { HasText = "Seen on the page" })).ToContainTextAsync("delivered");
        await ClickAsync(page, "End continuous share 1");
        await page.GetByText("Continuous shares").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        await page.GotoAsync("/audit");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Audit");
        var shared = page.Locator("tbody tr", new() { HasText = name });
        await Expect(shared.Filter(new() { HasText = "delivered" }).First).ToContainTextAsync("sandbox");

        Assert.Empty(tab.Complaints);
        Assert.Empty(tab.Strangers);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task ClickAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
