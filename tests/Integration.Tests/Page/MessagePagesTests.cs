using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TomOrleans.Security;
using static Microsoft.Playwright.Assertions;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>The pages of kept messages, of parked ones and of events.</summary>
public sealed partial class MessagePagesTests(Browser browser, FullSky sky) : IClassFixture<FullSky>
{
    [Fact]
    public async Task What_came_from_outside_is_shown_letter_by_letter()
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        foreach (var page in new[] { "/messages/sandbox/sys.heartbeat/0/7", "/parked/1", "/events/GCN-40001" })
        {
            await tab.Page.GotoAsync(page);
            await Expect(tab.Page.Locator("pre.foreign")).ToContainTextAsync(Skies.ForeignShown);
            await ExpectNoMarkupAsync(tab);
        }

        await tab.Page.GotoAsync("/messages");
        await Expect(tab.Page.Locator("tbody tr").First).ToContainTextAsync($"Number 120: {Skies.ForeignShown}");
        await ExpectNoMarkupAsync(tab);
        await tab.Page.GotoAsync("/events");
        await Expect(tab.Page.Locator("tbody tr").First).ToContainTextAsync($"GRB 260102A: {Skies.ForeignShown}");
        await ExpectNoMarkupAsync(tab);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_message_has_its_headers_fates_and_bytes_and_leads_to_what_came_of_it()
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        await tab.Page.GotoAsync("/messages/sandbox/sys.heartbeat/0/7");
        await Expect(tab.Page.Locator("main")).ToContainTextAsync($"parked message 1: because {Skies.ForeignShown}");
        await Expect(tab.Page.Locator("th[scope=row]").Last).ToHaveTextAsync("<i>odd</i>");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "as it came" }).ClickAsync();

        // An escape sequence is no text.
        await Expect(tab.Page.Locator("pre.foreign")).ToContainTextAsync("000000  3c 73 63 72 69 70 74");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "GCN-40001" }).ClickAsync();
        await Expect(tab.Page.Locator("pre.foreign")).ToContainTextAsync("Text of version 2");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "1", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("pre.foreign")).ToContainTextAsync("Text of version 1");
        await Expect(tab.Page.Locator(".head")).ToContainTextAsync("version 1 of 2, not the latest");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "SN 2026abc" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Events" })).ToContainTextAsync("GCN-40001");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Messages_are_turned_over_and_what_comes_meanwhile_moves_no_page()
    {
        var world = Skies.Full();
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        var first = tab.Page.Locator("tbody tr").First;
        await tab.Page.GotoAsync("/messages");
        await Expect(first).ToContainTextAsync("Number 120");
        await tab.Page.GetByLabel("Older").ClickAsync();
        await Expect(first).ToContainTextAsync("Number 70");

        world.Messages = world.Messages.Add(Skies.Message(121));
        await tab.Page.GetByLabel("Older").ClickAsync();
        await Expect(first).ToContainTextAsync("Number 20:");
        await Expect(tab.Page.GetByLabel("Older")).ToBeDisabledAsync();
        await tab.Page.GetByLabel("Newer").ClickAsync();
        await Expect(first).ToContainTextAsync("Number 70");
        await tab.Page.GetByLabel("Newest").ClickAsync();
        await Expect(first).ToContainTextAsync("Number 121");

        await tab.Page.GetByLabel("topic").SelectOptionAsync("sandbox/hermes.photometry");
        await Expect(first).ToContainTextAsync("Number 120");
        await Expect(tab.Page.Locator("tbody")).Not.ToContainTextAsync("sys.heartbeat");
        Assert.Contains("topic=sandbox%2Fhermes.photometry", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Events_are_filtered_by_kind_day_and_target_and_the_filter_stands_in_the_address()
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        var rows = tab.Page.Locator("tbody tr");
        await tab.Page.GotoAsync("/events");
        await Expect(rows).ToHaveCountAsync(2);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "notices", Exact = true }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync("SWIFT-1193078");
        await tab.Page.GetByLabel("target").FillAsync("SN 2026abc");
        await tab.Page.GetByLabel("target").BlurAsync();
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("No events like these.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "all", Exact = true }).ClickAsync();
        await Expect(rows.First).ToContainTextAsync("GCN-40001");
        Assert.EndsWith("/events?target=SN%202026abc", tab.Page.Url, StringComparison.Ordinal);

        await tab.Page.GotoAsync("/events?since=2100-01-01");
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("No events like these.");
        await tab.Page.GotoAsync("/events?since=yesterday");
        await Expect(tab.Page.Locator("[role=alert]")).ToHaveTextAsync("'yesterday' is no day; write it as yyyy-MM-dd.");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task An_operator_sends_parked_messages_through_again_and_gives_them_up()
    {
        var world = Skies.Full();
        await using var host = await PageHost.StartAsync(world, TomRole.Operator);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/parked");
        await tab.Page.GetByLabel("Retry parked message 1", new() { Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 handled, 0 ignored, 0 still parked");
        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(11);

        await tab.Page.GetByLabel("Drop parked message 2", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Retry all" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("3 handled, 0 ignored, 8 still parked: 2: The message is no JSON: unexpected end at byte 512.");

        await tab.Page.GotoAsync("/parked/2");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 dropped");
        Assert.Equal(["retry 1 by somebody", "retry all by somebody", "drop 2 by somebody"], world.Orders);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Who_may_not_give_orders_is_offered_none_and_who_may_not_read_sees_nothing()
    {
        await using (var host = await PageHost.StartAsync(Skies.Full(), TomRole.Contributor))
        {
            await using var tab = await browser.OpenAsync(host.Address);
            await tab.Page.GotoAsync("/parked");
            await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(12);
            await Expect(tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = Order() })).ToHaveCountAsync(0);
            await tab.Page.GotoAsync("/parked/1");
            await Expect(tab.Page.Locator("pre.foreign")).ToBeVisibleAsync();
            await Expect(tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = Order() })).ToHaveCountAsync(0);
        }

        await using (var host = await PageHost.StartAsync(Skies.Full(), role: null))
        {
            await using var tab = await browser.OpenAsync(host.Address);
            foreach (var page in new[] { "/messages", "/messages/sandbox/sys.heartbeat/0/7", "/parked/1", "/events", "/events/GCN-40001" })
            {
                await tab.Page.GotoAsync(page);
                await Expect(tab.Page.Locator("[role=alert]")).ToHaveTextAsync("Sign in to see this page.");
                await Expect(tab.Page.Locator("main tbody, main pre")).ToHaveCountAsync(0);
            }
        }
    }

    [GeneratedRegex("retry|drop", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    private static Task ExpectNoMarkupAsync(Tab tab) => Expect(tab.Page.Locator("main script, main b, main i, main u")).ToHaveCountAsync(0);
}
