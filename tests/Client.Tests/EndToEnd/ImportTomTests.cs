using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Client.Tests.EndToEnd;

/// <summary>Sites that do not give what a takeover needs. What a takeover does is tested with the real silo.</summary>
public sealed class ImportTomTests(SampleSilo silo) : IClassFixture<SampleSilo>, IAsyncLifetime
{
    private readonly ConsoleRun _console = new();
    private StandInToolkit _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await StandInToolkit.StartAsync();
        _site.AddTarget("SN 2026a");
        _console.Variables["TOM_IMPORT_PASSWORD"] = StandInToolkit.Password;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _console.Dispose();
    }

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) => _console.TomAsync(["import-tom", .. arguments, "--gateway", $"127.0.0.1:{silo.GatewayPort}"]);

    private Task<ConsoleAnswer> ImportAsync(params string[] arguments) => TomAsync([_site.Url.ToString(), "--user", StandInToolkit.UserName, .. arguments]);

    [Fact]
    public async Task Wrong_credentials_are_told_although_the_site_only_shows_its_login_page()
    {
        _console.Variables["TOM_IMPORT_PASSWORD"] = "sesame";

        var answer = await ImportAsync();

        Assert.Equal(1, answer.Code);
        Assert.Contains("login page: the user name or password is wrong", answer.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", answer.Error + answer.Out, StringComparison.Ordinal);
        Assert.Single(_site.Requests);
    }

    [Fact]
    public async Task Who_gives_no_account_is_told_to()
    {
        var answer = await TomAsync(_site.Url.ToString());

        Assert.Equal(1, answer.Code);
        Assert.Contains("give --user", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_moved_is_not_followed()
    {
        _site.RedirectsTo = "https://elsewhere.example.org/api/targets/?with=secrets";

        var answer = await ImportAsync();

        Assert.Equal(1, answer.Code);
        Assert.Contains("sends us on to https://elsewhere.example.org/api/targets/: give the address", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_TOM_is_told()
    {
        _site.IsOnlyPages = true;
        Assert.Contains("a page instead of JSON", (await ImportAsync()).ErrorLine, StringComparison.Ordinal);

        _site.IsOnlyPages = false;
        _site.ReadFault = _ => ToolkitFault.Junk;
        Assert.Contains("something else than a list", (await ImportAsync()).ErrorLine, StringComparison.Ordinal);
        _site.ReadFault = null;
        Assert.Contains("has no api/targets/", (await TomAsync($"{_site.Url}elsewhere/", "--user", StandInToolkit.UserName)).ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_is_not_well_is_asked_again_before_it_is_given_up()
    {
        _site.ReadFault = _ => ToolkitFault.Unavailable;

        var answer = await ImportAsync();

        Assert.Contains("is not well (HTTP 503)", answer.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(4, _site.Requests.Count);
    }

    [Fact]
    public async Task A_password_leaves_this_machine_only_encrypted_or_where_that_is_said()
    {
        var answer = await TomAsync("http://tom.example.org/", "--user", "anna");

        Assert.Equal(1, answer.Code);
        Assert.Contains("unencrypted: use https://, or give --plain-http", answer.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(2, (await TomAsync("tom.example.org")).Code);
    }

    [Fact]
    public async Task A_password_comes_from_a_file_or_is_asked_for()
    {
        _console.Variables.Remove("TOM_IMPORT_PASSWORD");
        Assert.Contains("set TOM_IMPORT_PASSWORD, or give --password-file", (await ImportAsync()).ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_site.Requests);

        _console.Typed = StandInToolkit.Password;
        _site.ReadFault = _ => ToolkitFault.Junk;
        var asked = await ImportAsync();
        Assert.StartsWith("Password of anna: ", asked.Error, StringComparison.Ordinal);
        Assert.Contains("something else than a list", asked.Error, StringComparison.Ordinal);

        _console.Typed = null;
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(_console.WorkingFolder).FullName, "password"), StandInToolkit.Password + "\n", TestContext.Current.CancellationToken);
        Assert.Contains("something else than a list", (await ImportAsync("--password-file", "password")).ErrorLine, StringComparison.Ordinal);
        Assert.All(_site.Requests, request => Assert.Equal(200, request.Status));
    }
}
