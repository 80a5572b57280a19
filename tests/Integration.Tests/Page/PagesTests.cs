using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TomOrleans.Notices;
using TomOrleans.Security;
using static Microsoft.Playwright.Assertions;

namespace TomOrleans.Integration.Tests.Page;

public sealed partial class PagesTests(Browser browser, FullSky sky) : IClassFixture<FullSky>
{
    private const string XRange = "document.getElementById('light-curve').layout.xaxis.range.map(Number)";

    [Theory]
    [InlineData("/", "Targets", "SN 2026abc")]
    [InlineData("/targets/SN%202026abc", "SN 2026abc", "10:00:29.63 -30:45:55.6")]
    [InlineData("/streams", "Streams", "all 3 books balance")]
    [InlineData("/parked", "Parked", "2 of 50 photometry rows could not be used")]
    [InlineData("/outbox", "Outbox", "backing off: connection refused")]
    [InlineData("/parked/1", "Parked message 1", "2 of 50 photometry rows could not be used")]
    [InlineData("/messages", "Messages", "hermes.photometry/0/120")]
    [InlineData("/messages/sandbox/hermes.photometry/0/120", "sandbox/hermes.photometry/0/120", "event GCN-40001, version 2")]
    [InlineData("/messages/nowhere", "nowhere", "The log has no message nowhere.")]
    [InlineData("/events", "Events", "error 3 arcmin (90% within)")]
    [InlineData("/events/SWIFT-1193078", "SWIFT-1193078", "tom targets --cone 150.1,-30.7,0.05")]
    [InlineData("/notices", "Notices", "Nothing is wrong")]
    public async Task Every_page_opens_without_complaints_and_calls_nobody_outside(string path, string heading, string content)
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        await tab.Page.GotoAsync(path);
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync(heading);
        await Expect(tab.Page.Locator("main")).ToContainTextAsync(content);
        Assert.Empty(tab.Complaints);
        Assert.Empty(tab.Strangers);
    }

    [Fact]
    public async Task Every_asset_of_the_pages_has_a_body()
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        var responses = new List<IResponse>();
        tab.Page.Response += (_, response) => responses.Add(response);
        await tab.Page.GotoAsync("/targets/SN%202026abc");
        await Expect(tab.Page.Locator("#light-curve .points path").First).ToBeVisibleAsync();
        var assets = responses.Where(response => AssetName().IsMatch(new Uri(response.Url).AbsolutePath)).ToList();
        foreach (var asset in assets)
        {
            Assert.True((await asset.BodyAsync()).Length > 0, $"{asset.Url} came without a body");
        }

        Assert.Contains(assets, asset => asset.Url.Contains("plotly-basic", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.Url.EndsWith(".css", StringComparison.Ordinal) && asset.Url.Contains("MudBlazor", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.Url.Contains("favicon", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_point_appears_on_the_open_page_and_the_zoom_stays()
    {
        var world = Skies.Full();
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/targets/SN%202026abc");
        await Expect(tab.Page.Locator("#light-curve .points path").First).ToBeVisibleAsync();
        var plot = (await tab.Page.Locator("#light-curve .nsewdrag").First.BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(plot.X + (plot.Width * .3f), plot.Y + (plot.Height * .2f));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(plot.X + (plot.Width * .6f), plot.Y + (plot.Height * .7f), new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await Expect(tab.Page.Locator("#light-curve .zoombox")).ToHaveCountAsync(0);
        var zoomed = await tab.Page.EvaluateAsync<double[]>(XRange);

        world.Record(1, Skies.Point(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000, "H", 15.123, .0421));

        await Expect(tab.Page.Locator("table.points tbody tr").First).ToContainTextAsync("15.123 ± 0.042 mag (AB)");
        await Expect(tab.Page.Locator("#light-curve .legend")).ToContainTextAsync("H · 1m0a/fa16");
        Assert.True(zoomed[1] - zoomed[0] < 40, $"the drag did not zoom: {zoomed[0]} to {zoomed[1]}");
        Assert.Equal(zoomed, await tab.Page.EvaluateAsync<double[]>(XRange));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_light_curve_is_shown_as_flux_and_folded_on_a_period()
    {
        const string X = "document.getElementById('light-curve').data[0].x.map(Number)";
        const string Axis = "document.getElementById('light-curve').layout.yaxis.title.text";
        var world = new PageWorld();
        world.Add(Skies.Target(1, "Cepheid", 1, 2), [.. Enumerable.Range(0, 20).Select(i => Skies.Point(1_700_000_000_000_000 + (i * 3_600_000_000L), "r", 18.9, .02))]);
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/targets/Cepheid");
        await Expect(tab.Page.Locator("#light-curve .points path").First).ToBeVisibleAsync();

        await tab.Page.GetByLabel("brightness").SelectOptionAsync("Fluxes");
        await tab.Page.WaitForFunctionAsync($"{Axis} === 'flux [µJy]'");
        Assert.Equal(100, await tab.Page.EvaluateAsync<double>("Number(document.getElementById('light-curve').data[0].y[0])"), 6);

        await tab.Page.GetByLabel("period [d]").FillAsync("0.25");
        await tab.Page.GetByLabel("period [d]").BlurAsync();
        await tab.Page.WaitForFunctionAsync($"{X}.length === 40");
        var phases = await tab.Page.EvaluateAsync<double[]>(X);
        Assert.All(phases.Take(20), phase => Assert.InRange(phase, 0, 1));
        Assert.Equal(phases.Take(20).Select(phase => phase + 1), phases.Skip(20));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_spectrum_of_the_target_is_drawn_with_its_units()
    {
        var world = Skies.Full();
        world.Spectra =
        [
            new()
            {
                Head = new() { Id = 3, Time = new(1_700_000_000_000_000), Origin = "<b>me</b>", Telescope = "FTN", WavelengthUnit = "nm", FluxUnit = "<i>mJy</i>", Length = 3 },
                Wavelength = [400, 500, 600],
                Flux = [1, 3, 2],
            },
        ];
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);

        await tab.Page.GotoAsync("/targets/SN%202026abc");

        await Expect(tab.Page.Locator("#spectrum .lines path").First).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#spectrum")).ToContainTextAsync("flux [<i>mJy</i>]");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Thousands_of_points_are_drawn_by_webgl()
    {
        var world = new PageWorld();
        world.Add(Skies.Target(1, "Long watched", 1, 2), [.. Enumerable.Range(0, 8_000).Select(i => Skies.Point(1_700_000_000_000_000 + (i * 3_600_000_000L), "r", 18 + Math.Sin(i / 99.0), .02))]);
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/targets/Long%20watched");
        await Expect(tab.Page.Locator("#light-curve .gl-canvas").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal("scattergl", await tab.Page.EvaluateAsync<string>("document.getElementById('light-curve').data[0].type"));
        Assert.Empty(tab.Complaints);
        Assert.Empty(tab.Strangers);
    }

    [Fact]
    public async Task A_new_target_appears_in_the_open_list()
    {
        var world = new PageWorld();
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/");
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("No targets yet");
        world.Add(Skies.Target(9, "Fresh star", 10, 20), Skies.Point(1_780_000_000_000_000, "g", 18.5, null));
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Fresh star" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Search_sort_and_paging_ask_the_directory_and_stand_in_the_address()
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        await tab.Page.GotoAsync("/?sort=name&page=3");
        await Expect(tab.Page.Locator("tbody tr").First).ToContainTextAsync("Field 104");
        await tab.Page.GetByLabel("Search by name or alias").FillAsync("2026abc");
        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Contains("q=2026abc", tab.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("page=", tab.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_markup_slash_and_percent_is_shown_letter_by_letter_and_can_be_opened()
    {
        const string name = "AT 2026 <b>x</b>/\"y\" 50%";
        await using var tab = await browser.OpenAsync(sky.Address);
        await tab.Page.GotoAsync("/?q=AT+2026");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(tab.Page.Locator("dl")).ToContainTextAsync("17.250 ± 0.031 mag (AB)");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("dl")).ToContainTextAsync("17.250 ± 0.031 mag (AB)");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Notices_are_counted_in_the_bar_listed_letter_by_letter_and_marked_as_seen()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
        var world = new PageWorld
        {
            Notices =
            [
                new() { Id = 7, Kind = "parked", Subject = "hop/hermes.test/hermes", Level = NoticeLevel.Warning, Text = "3 messages parked; the last: <b>bad</b>", Count = 3, SinceMicroseconds = now, LastMicroseconds = now },
                new() { Id = 8, Kind = "stream", Subject = "hop", Level = NoticeLevel.Alarm, Text = "The stream hop was refused", Count = 1, SinceMicroseconds = now, LastMicroseconds = now, EndedMicroseconds = now },
            ],
        };
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/");
        await Expect(tab.Page.GetByLabel("1 new")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Notices" }).ClickAsync();
        await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(2);
        await Expect(tab.Page.Locator("tbody tr").First).ToContainTextAsync("3 messages parked; the last: <b>bad</b>");
        await Expect(tab.Page.Locator("tbody tr").First.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "parked?topic=hop%2Fhermes.test&handler=hermes");
        await Expect(tab.Page.Locator("tbody tr").Last).ToContainTextAsync("over");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "mark as seen", Exact = true }).ClickAsync();
        await Expect(tab.Page.Locator("tbody tr").First).ToContainTextAsync("seen");
        await Expect(tab.Page.GetByLabel("1 new")).ToHaveCountAsync(0);
        Assert.NotNull(world.Notices[0].SeenBy);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Books_that_do_not_balance_and_lost_messages_are_seen()
    {
        var world = Skies.Full();
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/streams");
        await Expect(tab.Page.Locator("strong.bad")).ToHaveTextAsync("17");

        var topic = world.Streams[0].Topics[0];
        var handler = topic.Handlers[0];
        var wrong = handler with { Books = handler.Books with { Handled = handler.Books.Handled - 3 } };
        world.Streams = [world.Streams[0] with { Topics = [topic with { Handlers = [wrong] }] }];

        await Expect(tab.Page.Locator(".head")).ToContainTextAsync("1 of 1 books do not balance");
        await Expect(tab.Page.Locator("strong.bad").First).ToHaveTextAsync("✗ 3");
        await tab.Page.Locator("a.warn").ClickAsync();
        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Parked");
        Assert.Contains("handler=hermes", tab.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_shows_its_exact_body_and_is_queued()
    {
        var world = Skies.Full();
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/targets/SN%202026abc");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await Expect(tab.Page.Locator("pre.body")).ToContainTextAsync("\"topic\":\"hermes.test\"");
        await tab.Page.GetByLabel("Message").FillAsync("A bright one");
        await Expect(tab.Page.Locator("pre.body")).ToContainTextAsync("\"message_text\":\"A bright one\"");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(tab.Page.Locator(".mud-snackbar")).ToContainTextAsync("Queued as share 7");
        Assert.Equal("hermes.test", world.Shares[0].Topic);
    }

    [Fact]
    public async Task Readers_see_no_share_button_and_visitors_without_a_role_see_nothing()
    {
        await using (var host = await PageHost.StartAsync(Skies.Full(), TomRole.Reader))
        {
            await using var tab = await browser.OpenAsync(host.Address);
            await tab.Page.GotoAsync("/targets/SN%202026abc");
            await Expect(tab.Page.Locator("dl")).ToBeVisibleAsync();
            await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Share" })).ToHaveCountAsync(0);
        }

        await using (var host = await PageHost.StartAsync(Skies.Full(), role: null))
        {
            await using var tab = await browser.OpenAsync(host.Address);
            await tab.Page.GotoAsync("/");
            await Expect(tab.Page.Locator("[role=alert]")).ToHaveTextAsync("Sign in to see this page.");
            await Expect(tab.Page.Locator("tbody tr")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task A_fault_of_the_grains_is_a_message_and_the_page_goes_on_when_it_is_over()
    {
        var world = Skies.Full();
        await using var host = await PageHost.StartAsync(world);
        await using var tab = await browser.OpenAsync(host.Address);
        await tab.Page.GotoAsync("/streams");
        await Expect(tab.Page.Locator("article.topic")).ToHaveCountAsync(2);
        world.Fault = new TomException(TomFault.Unavailable, "The database does not answer.");
        await Expect(tab.Page.Locator("[role=alert]")).ToHaveTextAsync("The database does not answer.");
        await Expect(tab.Page.Locator("article.topic")).ToHaveCountAsync(2);
        world.Fault = null;
        await Expect(tab.Page.Locator("[role=alert]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_chosen_theme_is_there_after_a_reload()
    {
        await using var tab = await browser.OpenAsync(sky.Address);
        await tab.Page.GotoAsync("/targets/SN%202026abc");
        await tab.Page.GetByLabel("Night: red on black").ClickAsync();
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(8, 0, 0)");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "night");
        await Expect(tab.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(8, 0, 0)");
        Assert.Empty(tab.Complaints);
    }

    [GeneratedRegex(@"\.(js|css|svg)$")]
    private static partial Regex AssetName();
}
