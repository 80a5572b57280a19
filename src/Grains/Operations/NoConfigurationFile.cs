using System.Collections.Immutable;
using TomOrleans.Operations;

namespace TomOrleans.Grains.Operations;

/// <summary>For a host that has no configuration file, or keeps it to itself.</summary>
internal sealed class NoConfigurationFile : IConfigurationFile
{
    private const string Reason = "this silo has no configuration file that could be taken over";

    public bool Exists => false;

    public ImmutableArray<string> SharedSettings => [];

    public string Fingerprint => "none";

    public ReloadPlan Plan() => new() { Faults = [Reason], Changes = [], Digest = "", SharedSettings = [] };

    public Task ApplyAsync(string digest) => Task.FromException(new TomException(TomFault.Conflict, Reason));
}
