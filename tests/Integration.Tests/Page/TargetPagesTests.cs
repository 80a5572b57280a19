using System.Text;
using Microsoft.Playwright;
using TomOrleans.Integration.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>What a contributor does with targets on the page of a real silo: adds, changes, fills, merges, removes them, and takes it back.</summary>
public sealed class TargetPagesTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-page-");

    [Fact]
    public async Task A_target_is_added_filled_from_a_file_merged_brought_back_removed_and_brought_back()
    {
        Assert.SkipWhen(Browser.Executable is null, Browser.Missing);
        var ports = SiloPorts.Free();
        await using var silo = await SiloProcess.StartAsync(_folder.FullName, ports);
        await using var tab = await browser.OpenAsync(new($"http://127.0.0.1:{ports.Http}/"));
        var page = tab.Page;

        await AddAsync(page, "Page A", "05:34:31.9", "+22:00:52");
        await Expect(page.Locator("dl.facts")).ToContainTextAsync("05:34:31.90 +22:00:52.0");
        await ClickAsync(page, "Edit");
        await page.GetByLabel("Aliases").FillAsync("Alias A");
        await ClickAsync(page, "Save");
        await Expect(page.Locator("header.head").First).ToContainTextAsync("also Alias A");

        // A file with a bad row: tried, refused whole, then its good rows are taken and it is kept.
        await ClickAsync(page, "Add a file");

        // Faster than any hand: the choice is only heard when Blazor has taken the field over.
        await page.WaitForFunctionAsync("document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "night 1.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("time,filter,magnitude,error\n61000.5,g,18.5,0.02\n61001.5,g,bright,0.02\n"),
        });
        await ClickAsync(page, "Try it");
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("1 would be stored, 1 refused");
        await Expect(page.Locator(".mud-dialog tbody tr").First).ToContainTextAsync("bright");
        await ClickAsync(page, "Import");
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("so nothing was stored");
        await page.GetByLabel("Store the good rows").CheckAsync();
        await ClickAsync(page, "Import");
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("night 1.csv is kept with Page A");
        await ClickAsync(page, "Close");
        await Expect(page.Locator("table.points tbody tr")).ToHaveCountAsync(1);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "night 1.csv" }).ClickAsync());
        Assert.Equal("night 1.csv", download.SuggestedFilename);

        await AddAsync(page, "Page B", "83.6", "22.0");
        await page.GotoAsync("/targets/Page%20A");
        await ClickAsync(page, "Merge");
        await page.GetByLabel("Into which target").FillAsync("page-b");
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("Page B gets 1 point of Page A");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Merge" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Page B");
        await Expect(page.Locator("table.points tbody tr")).ToHaveCountAsync(1);

        await BringBackAsync(page, "Page A");
        await page.GotoAsync("/targets/Page%20B");
        await Expect(page.Locator("main")).ToContainTextAsync("No points yet");

        await page.GotoAsync("/targets/Alias%20A");
        await ClickAsync(page, "Remove");
        await Expect(page.GetByText("It can be brought back for 30 days.")).ToBeVisibleAsync();
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Removed and merged");
        await BringBackAsync(page, "Page A");
        await page.GotoAsync("/targets/Alias%20A");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Page A");
        await Expect(page.Locator("table.points tbody tr")).ToHaveCountAsync(1);

        Assert.Empty(tab.Complaints);
        Assert.Empty(tab.Strangers);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task AddAsync(IPage page, string name, string ra, string dec)
    {
        await page.GotoAsync("/targets");
        await ClickAsync(page, "Add target");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("RA (degrees or hours, ICRS)").FillAsync(ra);
        await page.GetByLabel("Dec (degrees, ICRS)").FillAsync(dec);
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
    }

    private static async Task BringBackAsync(IPage page, string name)
    {
        await page.GotoAsync("/undo");
        await Expect(page.Locator("tbody tr", new() { HasText = name })).ToContainTextAsync("sandbox");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Bring {name} back" }).ClickAsync();
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{name} is back");
    }

    private static Task ClickAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
