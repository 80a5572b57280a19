using System.Text.Json;

namespace TomOrleans.Client.Tests.EndToEnd;

/// <summary>Verbs that change targets, against a silo that answers what it was asked.</summary>
public sealed class TargetsTests(SampleSilo silo) : IClassFixture<SampleSilo>, IDisposable
{
    private readonly ConsoleRun _console = new();

    private Task<ConsoleAnswer> TomAsync(params string[] arguments) => _console.TomAsync([.. arguments, "--gateway", $"127.0.0.1:{silo.GatewayPort}"]);

    [Fact]
    public async Task Added_target_has_what_was_given()
    {
        var answer = await TomAsync(
            "target", "add", "SN 2026ab", "--ra", "05:34:31.94", "--dec", "-02:30:00", "--alias", "ZTF26a", "--alias", "ATLAS26b", "--list", "Follow up",
            "--field", "host=NGC 1=2", "--set", "epoch=2000", "--set", "pm_dec=-3.5", "--json");

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var target = answer.Json;
        Assert.Equal(("SN 2026ab", "SIDEREAL", "05:34:31.94", "-02:30:00.0"), (Text(target, "name"), Text(target, "type"), Text(target, "raText"), Text(target, "decText")));
        Assert.Equal(-2.5, target.GetProperty("dec").GetDouble(), 1e-12);
        Assert.Equal(["ZTF26a", "ATLAS26b"], target.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()));
        Assert.Equal("Follow up", target.GetProperty("lists")[0].GetString());
        Assert.Equal("NGC 1=2", Text(target.GetProperty("extras"), "host"));
        Assert.Equal((2000, -3.5), (target.GetProperty("fields").GetProperty("epoch").GetDouble(), target.GetProperty("fields").GetProperty("pm_dec").GetDouble()));
    }

    [Fact]
    public async Task Targets_of_a_file_are_made_but_for_those_that_are_there()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "name,ra,dec\nNEW-1,10,20\nSIM-001,1,2\ntaken,3,4\n", TestContext.Current.CancellationToken);

        var answer = await TomAsync("targets", "import", file, "--json");
        var tried = await TomAsync("targets", "import", file, "--dry-run");

        Assert.Equal((1, ""), (answer.Code, answer.Error));
        Assert.Equal(["added null", "known null", "refused 'taken' is an alias of SIM-001."], answer.Json.GetProperty("byRow").EnumerateArray()
            .Select(row => $"{Text(row, "outcome")} {Text(row, "reason") ?? "null"}"));
        Assert.Equal($"{file}: 3 rows\n2 would be made, 1 known\n", tried.Out);
        Assert.Equal(0, tried.Code);
        File.Delete(file);
    }

    [Fact]
    public async Task File_with_a_row_that_cannot_be_read_makes_no_target_unless_such_rows_are_skipped()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "name,ra,dec\nNEW-1,10,20\nNEW-2,10,north\n", TestContext.Current.CancellationToken);

        var answer = await TomAsync("targets", "import", file);
        var skipping = await TomAsync("targets", "import", file, "--skip-bad");

        Assert.Equal((1, "tom: 1 of 2 rows cannot be read, so no target was made. Mend them, or take the others all the same (--skip-bad).\n"), (answer.Code, answer.Error));
        Assert.Contains("3  refused  NEW-2   dec: 'north' is no declination", answer.Out, StringComparison.Ordinal);
        Assert.Equal((0, true), (skipping.Code, skipping.Out.EndsWith("1 made, 1 refused\n", StringComparison.Ordinal)));
        File.Delete(file);
    }

    [Fact]
    public async Task Orbit_is_shown_with_its_units()
    {
        var answer = await TomAsync("target", "add", "Ceres", "--type", "non-sidereal", "--scheme", "mpc_comet", "--set", "eccentricity=0", "--set", "perihdist=2.5");

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var lines = answer.Out.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        Assert.Contains("Type non-sidereal, MPC_COMET", lines);
        Assert.Contains("Eccentricity 0", lines);
        Assert.Contains("Perihelion distance [au] 2.5", lines);
    }

    [Fact]
    public async Task Edit_changes_what_is_given_and_leaves_the_rest()
    {
        var target = (await TomAsync("target", "edit", "SIM-001", "--rename", "SIM-1", "--unset", "dec", "--set", "parallax=0", "--json")).Json;

        Assert.Equal(("SIM-1", 83.633083, JsonValueKind.Null), (Text(target, "name"), target.GetProperty("ra").GetDouble(), target.GetProperty("dec").ValueKind));
        Assert.Equal(0, target.GetProperty("fields").GetProperty("parallax").GetDouble());
    }

    [Fact]
    public async Task Aliases_are_added_and_removed()
    {
        Assert.Equal(3, (await TomAsync("target", "alias", "add", "SIM-001", "X1", "X2", "--json")).Json.GetProperty("aliases").GetArrayLength());
        Assert.Equal(0, (await TomAsync("target", "alias", "remove", "SIM-001", "AT 2026abc", "--json")).Json.GetProperty("aliases").GetArrayLength());
    }

    [Theory]
    [InlineData("merge", "SIM-001", "SIM-001")]
    [InlineData("remove", "SIM-001")]
    public async Task Where_nobody_can_be_asked_yes_is_needed(params string[] verb)
    {
        var answer = await TomAsync(["target", .. verb]);

        Assert.Equal((2, ""), (answer.Code, answer.Out));
        Assert.Contains("give --yes", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_no_changes_nothing()
    {
        _console.Typed = "n\n";

        var answer = await TomAsync("target", "remove", "SIM-001");

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Equal("Remove SIM-001 with 2 points? [y/N] tom: nothing was removed\n", answer.Error);
    }

    [Fact]
    public async Task Merge_and_removal_say_how_they_are_undone()
    {
        _console.Typed = "y\n";
        var merged = await TomAsync("target", "merge", "SIM-001", "SIM-001");
        var removed = await TomAsync("target", "remove", "SIM-001", "--yes", "--json");

        Assert.Equal(
            "AT 2026x is merged into SIM-001: 12 points moved, 3 in common, 2 points now\nuntil 2026-12-01T02:03:04Z it can be undone: tom target undo 4\n", merged.Out);
        Assert.Equal(("4", "remove"), (Text(removed.Json, "id"), Text(removed.Json, "kind")));
    }

    [Fact]
    public async Task Undo_lists_and_undoes()
    {
        var listed = await TomAsync("target", "undo", "--json");
        var undone = await TomAsync("target", "undo", "4");
        var unknown = await TomAsync("target", "undo", "5");

        Assert.Equal("AT 2026x", Text(listed.Json.GetProperty("undos")[0], "name"));
        Assert.Equal("SIM-001 is back, with 2 points\naliases that another target has now: lost\n", undone.Out);
        Assert.Equal((1, "tom: There is no merge or removal 5 that can be undone."), (unknown.Code, unknown.ErrorLine));
    }

    [Fact]
    public async Task Text_that_several_targets_have_lists_them()
    {
        var answer = await TomAsync("target", "many");

        Assert.Equal((1, "tom: 'many' is a part of 2: A, B."), (answer.Code, answer.ErrorLine));
    }

    [Fact]
    public async Task Lists_are_shown_and_filled()
    {
        Assert.Equal("follow up", Text((await TomAsync("list", "--json")).Json.GetProperty("lists")[0], "name"));
        Assert.Equal("new: 1 target\n", (await TomAsync("list", "add", "new", "SIM-001")).Out);
        var unknown = await TomAsync("list", "add", "new", "SIM-001", "nobody");
        Assert.Equal((1, "tom: there is no target named 'nobody'; nothing was changed"), (unknown.Code, unknown.ErrorLine));
    }

    [Theory]
    [InlineData("target", "add", "A", "--dec", "2h30m")]
    [InlineData("target", "add", "A", "--set", "epoch=now")]
    [InlineData("target", "add", "A", "--set", "nothing=1")]
    [InlineData("target", "add", "A", "--field", "=x")]
    [InlineData("target", "add", "A", "--scheme", "MPC")]
    [InlineData("target", "edit", "A", "--unset", "name")]
    public async Task What_cannot_be_read_is_wrong_usage(params string[] arguments)
    {
        var answer = await TomAsync(arguments);

        Assert.Equal((2, ""), (answer.Code, answer.Out));
        Assert.Contains($"'{arguments[^1]}' is not ", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target", "--help")]
    [InlineData("target", "add", "--help")]
    [InlineData("target", "edit", "--help")]
    [InlineData("target", "alias", "--help")]
    [InlineData("target", "merge", "--help")]
    [InlineData("target", "remove", "--help")]
    [InlineData("target", "undo", "--help")]
    [InlineData("target", "search-log", "--help")]
    [InlineData("list", "--help")]
    public async Task Help_has_examples(params string[] arguments)
    {
        Assert.Contains("Examples:\n  tom ", (await _console.TomAsync(arguments)).Out, StringComparison.Ordinal);
    }

    public void Dispose() => _console.Dispose();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
