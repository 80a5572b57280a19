using TomOrleans.Testing;

namespace TomOrleans.Client.Tests.Connection;

public sealed class UnreachableGatewayTests : IDisposable
{
    private readonly ConsoleRun _console = new();

    [Fact]
    public async Task Without_a_silo_the_console_says_how_to_start_one()
    {
        var port = FreePort.Next();

        var answer = await _console.TomAsync("status", "--json", "--gateway", $"127.0.0.1:{port}");

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Equal(
            $"tom: cannot reach a silo at 127.0.0.1:{port}: connection refused. Is it running? Start it with: dotnet run -c Release --project src/Silo",
            answer.ErrorLine);
    }

    [Fact]
    public async Task Where_none_of_several_answers_all_are_named()
    {
        var (one, two) = (FreePort.Next(), FreePort.Next());

        var answer = await _console.TomAsync("status", "--gateway", $"127.0.0.1:{one},no-such-host.invalid,127.0.0.1:{two}");

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.StartsWith(
            $"tom: cannot reach a silo at 127.0.0.1:{one} or no-such-host.invalid:30000 or 127.0.0.1:{two}: connection refused.", answer.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_nobody_knows_is_named()
    {
        var answer = await _console.TomAsync("status", "--gateway", "no-such-host.invalid:30000");

        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Equal("tom: cannot find the host 'no-such-host.invalid' of --gateway no-such-host.invalid:30000: check its name", answer.ErrorLine);
    }

    public void Dispose() => _console.Dispose();
}
