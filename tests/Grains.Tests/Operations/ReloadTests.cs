using System.Collections.Immutable;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Tests.Alerts;
using TomOrleans.Operations;

namespace TomOrleans.Grains.Tests.Operations;

public sealed class ReloadTests
{
    [Fact]
    public async Task A_silo_that_cannot_follow_whatever_the_reason_keeps_no_other_from_following()
    {
        var files = new System.Collections.Concurrent.ConcurrentDictionary<string, File>();
        await using var tom = await LiveTom.StartAsync(silo => files.GetOrAdd(silo, _ => new()));
        Assert.Empty((await tom.Cluster.Client.Tom().ReloadAsync(dryRun: true)).Faults);
        var first = files.Keys.Order(StringComparer.Ordinal).First();
        files[first].Fault = new OperationCanceledException("it took too long");

        var failed = await tom.Cluster.Client.Tom().ReloadAsync(dryRun: false);
        files[first].Fault = null;
        var repeated = await tom.Cluster.Client.Tom().ReloadAsync(dryRun: false);

        Assert.Equal(files.Keys.Where(silo => silo != first), failed.Applied);
        Assert.StartsWith($"{first} could not follow: it took too long", Assert.Single(failed.Faults), StringComparison.Ordinal);
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), repeated.Applied);
    }

    private sealed class File : IConfigurationFile
    {
        public Exception? Fault { get; set; }

        public bool Exists => true;

        public ImmutableArray<string> SharedSettings => [];

        public string Fingerprint => "aa";

        public ReloadPlan Plan() => new() { Faults = [], Changes = [new("KEY", "1", "2")], Digest = "bb", SharedSettings = [] };

        public Task ApplyAsync(string digest) => Fault is { } fault ? Task.FromException(fault) : Task.CompletedTask;
    }
}
