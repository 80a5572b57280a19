using System.Globalization;
using System.Text.Json;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>The main job as the README tells it, on the programs a newcomer runs.</summary>
public sealed class SandboxTests : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-sandbox-");
    private readonly SiloPorts _ports = SiloPorts.Free();

    [Fact]
    public async Task The_sandbox_shows_the_whole_way_and_loses_nothing_over_a_stop_and_a_kill()
    {
        var console = new TomConsole(_ports);
        string receipt;
        long points;
        await using (var first = await StartAsync())
        {
            await using (var client = await TomClient.ConnectAsync(first))
            {
                await client.StatusWhenAsync(status => status is { Targets: >= 20, Points: > 100 }, "20 targets and 100 points", Limit);
            }

            var status = await console.JsonAsync("status");
            AssertBalanced(status);
            Assert.True(status.GetProperty("targets").GetInt64() >= 20);

            var messages = (await console.JsonAsync("messages")).GetProperty("messages");
            Assert.Equal(20, messages.GetArrayLength());
            Assert.DoesNotContain("sys.heartbeat", messages.EnumerateArray().Select(message => message.GetProperty("topic").GetString()));

            var name = (await console.JsonAsync("targets")).GetProperty("targets")[0].GetProperty("name").GetString()!;
            var (exitCode, plot, error) = await console.RunAsync("plot", name);
            Assert.True(exitCode == 0, error);
            Assert.Contains("MJD", plot, StringComparison.Ordinal);

            var (shared, output, problem) = await console.RunAsync("share", name, "--to", "hermes:hermes.test", "--wait");
            Assert.True(shared == 0, problem);
            receipt = output.Split([' ', '\n', '\r', '.', ','], StringSplitOptions.RemoveEmptyEntries).First(word => Guid.TryParse(word, out _));

            await using (var client = await TomClient.ConnectAsync(first))
            {
                var back = await client.StatusWhenAsync(
                    seen => Scene.BooksOf(seen, "hermes.test", "hermes") is { Ignored: >= 1, InFlight: 0 }, "our message coming back, ignored", Limit);
                Assert.Equal(0, Scene.BooksOf(back, "hermes.test", "hermes")!.Handled);
                points = back.Points;
            }

            Assert.Equal(0, await first.InterruptAsync(StopLimit));

            // Each topic has the handler log, whose lines would hide what the banner says to try.
            Assert.DoesNotContain("LogHandlerGrain", first.Output, StringComparison.Ordinal);
            Assert.Contains("-- share \"", first.Output, StringComparison.Ordinal);
        }

        await using (var second = await StartAsync())
        {
            var status = await console.JsonAsync("status");
            Assert.True(status.GetProperty("points").GetInt64() >= points, "points are missing after a stop");
            AssertBalanced(status);
            await second.KillAsync();
        }

        await using var third = await StartAsync();
        AssertBalanced(await console.JsonAsync("status"));
        var shares = (await console.JsonAsync("shares")).GetProperty("shares");
        var delivered = Assert.Single(shares.EnumerateArray());
        Assert.Equal("delivered", delivered.GetProperty("state").GetString());
        Assert.Equal(receipt, delivered.GetProperty("receipts")[0].GetString());
        var (values, measurements) = await Scene.CountPhotometryAsync(third.DataFolder);
        Assert.Equal(measurements, values);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<SiloProcess> StartAsync() => SiloProcess.StartAsync(Path.Combine(_folder.FullName, "data"), _ports);

    private static void AssertBalanced(JsonElement status)
    {
        var handlers = status.GetProperty("streams").EnumerateArray().SelectMany(stream => stream.GetProperty("topics").EnumerateArray())
            .SelectMany(topic => topic.GetProperty("handlers").EnumerateArray()).ToArray();
        Assert.NotEmpty(handlers);
        foreach (var handler in handlers)
        {
            Assert.Equal(
                Count(handler, "consumed"),
                Count(handler, "handled") + Count(handler, "ignored") + Count(handler, "parked") + Count(handler, "dropped") + Count(handler, "inFlight"));
        }
    }

    private static long Count(JsonElement handler, string name) => handler.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? long.Parse(text.GetString()!, CultureInfo.InvariantCulture)
        : handler.GetProperty(name).GetInt64();
}
