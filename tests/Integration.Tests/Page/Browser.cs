using Microsoft.Playwright;
using TomOrleans.Integration.Tests.Page;

[assembly: AssemblyFixture(typeof(Browser))]

namespace TomOrleans.Integration.Tests.Page;

/// <summary>One Chromium for all tests, started by the first that needs it. Where none is installed, the tests are skipped with that reason.</summary>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>No GPU, no sandbox of its own (containers), and no calls home: what the network log shows is the page's doing.</summary>
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
        "--disable-sync", "--disable-breakpad", "--no-first-run", "--no-default-browser-check", "--metrics-recording-only", "--no-pings", "--enable-unsafe-swiftshader",
    ];

    /// <summary>Why tests are skipped where there is no browser.</summary>
    public const string Missing = "no Chromium: install the package chromium, or set TOM_TEST_CHROMIUM to its path";

    /// <summary>How long an expected sight may take [ms]: seconds on an idle machine, more where tests run side by side.</summary>
    private const float Patience = 30_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Chromium)>> _started = new(StartAsync);

    /// <summary>Path of the browser; null when there is none.</summary>
    public static string? Executable { get; } = Environment.GetEnvironmentVariable("TOM_TEST_CHROMIUM") ?? Search();

    /// <summary>A fresh tab with cookies of its own. Skips the test where there is no browser.</summary>
    public async Task<Tab> OpenAsync(Uri site)
    {
        Assert.SkipWhen(Executable is null, Missing);
        var (_, chromium) = await _started.Value;
        var context = await chromium.NewContextAsync(new() { BaseURL = site.ToString(), ViewportSize = new() { Width = 1360, Height = 860 }, ColorScheme = ColorScheme.Light });
        return new(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            var (playwright, chromium) = await _started.Value;
            await chromium.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Chromium)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Args = Flags }));
    }

    private static string? Search() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
