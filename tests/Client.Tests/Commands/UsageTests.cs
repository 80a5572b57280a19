namespace TomOrleans.Client.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly ConsoleRun _console = new();

    [Theory]
    [InlineData("tom: Required command was not provided. See: tom --help")]
    [InlineData("tom: 'stats' is no command, option or argument of tom. See: tom --help", "stats")]
    [InlineData("tom: 'extra' is no command, option or argument of tom topics. See: tom topics --help", "topics", "extra")]
    [InlineData("tom: '--jsn' is no command, option or argument of tom status. See: tom status --help", "status", "--jsn")]
    [InlineData("tom: Required argument missing for command: 'target'. See: tom target --help", "target")]
    [InlineData("tom: Option '--to' is required. See: tom share --help", "share", "SIM-001")]
    [InlineData("tom: --to: ':topic' is not DEST or DEST:TOPIC. See: tom share --help", "share", "SIM-001", "--to", ":topic")]
    [InlineData("tom: share what? Give names of targets, --list or --file. See: tom share --help", "share", "--to", "hermes:hermes.test")]
    [InlineData("tom: 'stop' is no order for a destination: pause, resume. See: tom destination --help", "destination", "hermes", "stop")]
    [InlineData("tom: ID: 'twelve' is not the id of a share: a whole number; tom shares lists them. See: tom share show --help", "share", "show", "twelve")]
    [InlineData("tom: --gateway: 'a:b:c' is not host:port, e.g. 127.0.0.1:30000 or [::1]:30000, or several with commas between. See: tom status --help", "status", "--gateway", "a:b:c")]
    [InlineData("tom: --limit: '0' is not a whole number from 1 to 10000. See: tom targets --help", "targets", "--limit", "0")]
    [InlineData("tom: --days: '-3' is not a number of days greater than 0. See: tom plot --help", "plot", "SIM-001", "--days", "-3")]
    [InlineData("tom: --width: '39' is not a whole number from 40 to 1000. See: tom plot --help", "plot", "SIM-001", "--width", "39")]
    [InlineData("tom: --csv and --json cannot both be printed: give one of them. See: tom photometry --help", "photometry", "SIM-001", "--csv", "-", "--json")]
    [InlineData("tom: --dry-run, --validate and --open send nothing that --wait could wait for: give one of the four. See: tom share --help", "share", "S", "--to", "h", "--dry-run", "--wait")]
    [InlineData("tom: say which: ids, or --all. See: tom parked retry --help", "parked", "retry")]
    [InlineData("tom: ids and --all cannot both be meant: give one of them. See: tom parked retry --help", "parked", "retry", "1", "--all")]
    [InlineData("tom: --topic and --handler narrow --all, and ids need no narrowing: leave them out. See: tom parked retry --help", "parked", "retry", "1", "--topic", "t")]
    [InlineData("tom: ID: 'x' is not the id of a parked message: a whole number; tom parked lists them. See: tom parked retry --help", "parked", "retry", "1", "x")]
    [InlineData("tom: ID: '-1' is not the id of a parked message: a whole number; tom parked lists them. See: tom parked show --help", "parked", "show", "-1")]
    [InlineData("tom: dropping cannot be undone and nobody is here to be asked: give --yes. See: tom parked drop --help", "parked", "drop", "1")]
    [InlineData("tom: Required argument missing for command: 'publish'. See: tom publish --help", "publish", "hermes.test")]
    [InlineData("tom: NAME or --list: say which target, or which list. See: tom continuous add --help", "continuous", "add", "--to", "hermes")]
    [InlineData("tom: NAME or --list: say which target, or which list. See: tom continuous add --help", "continuous", "add", "SIM-001", "--list", "L", "--to", "hermes")]
    [InlineData("tom: ID: 'x' is not the id of a continuous share: a whole number; tom continuous list shows them. See: tom continuous remove --help", "continuous", "remove", "x")]
    public async Task Wrong_usage_is_one_line_with_exit_code_2(string line, params string[] arguments)
    {
        var answer = await _console.TomAsync(arguments);

        Assert.Equal((2, "", line), (answer.Code, answer.Out, answer.ErrorLine));
    }

    [Theory]
    [InlineData("01/07/2026")]
    [InlineData("2026")]
    [InlineData("2026-11-01T02:03:04")]
    [InlineData("2026-11-01T02:03:04 PST")]
    public async Task A_time_that_would_have_to_be_guessed_is_wrong_usage(string since)
    {
        var answer = await _console.TomAsync("share", "SIM-001", "--to", "hermes", "--since", since);

        Assert.Equal(2, answer.Code);
        Assert.Contains($"'{since}' is not an RFC 3339 time", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_state_is_answered_with_the_known_ones()
    {
        var answer = await _console.TomAsync("shares", "--state", "lost");

        Assert.Equal(2, answer.Code);
        Assert.Contains("queued, sending, delivered, rejected, unconfirmed, cancelled", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_an_argument_do_not_reach_the_terminal()
    {
        var answer = await _console.TomAsync("targets", "--cone", "\u001b[2J");

        Assert.Contains("\\u001B[2J", answer.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', answer.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("status", "--help")]
    [InlineData("topics", "--help")]
    [InlineData("topic", "--help")]
    [InlineData("targets", "--help")]
    [InlineData("target", "--help")]
    [InlineData("photometry", "--help")]
    [InlineData("plot", "--help")]
    [InlineData("share", "--help")]
    [InlineData("share", "show", "--help")]
    [InlineData("share", "retry", "--help")]
    [InlineData("share", "cancel", "--help")]
    [InlineData("share", "retract", "--help")]
    [InlineData("destination", "--help")]
    [InlineData("shares", "--help")]
    [InlineData("audit", "--help")]
    [InlineData("retractions", "--help")]
    [InlineData("watch", "--help")]
    [InlineData("parked", "--help")]
    [InlineData("parked", "show", "--help")]
    [InlineData("parked", "retry", "--help")]
    [InlineData("publish", "--help")]
    [InlineData("parked", "drop", "--help")]
    public async Task Help_of_every_command_ends_with_examples_of_it(params string[] arguments)
    {
        var answer = await _console.TomAsync(arguments);

        Assert.Equal((0, ""), (answer.Code, answer.Error));
        var examples = answer.Out[answer.Out.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"  tom {string.Join(' ', arguments[..^1])}", examples, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        var answer = await _console.TomAsync("--version");

        Assert.Equal(0, answer.Code);
        Assert.Matches("^tom [0-9]+[.][0-9]+[.][0-9]+\n$", answer.Out);
    }

    public void Dispose() => _console.Dispose();
}
