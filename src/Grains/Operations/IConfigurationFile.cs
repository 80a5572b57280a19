using System.Collections.Immutable;
using TomOrleans.Operations;

namespace TomOrleans.Grains.Operations;

/// <summary>The configuration of this silo and the file it comes from; the host's.</summary>
public interface IConfigurationFile
{
    /// <summary>False where the silo runs without one: then nothing can be taken over.</summary>
    bool Exists { get; }

    /// <summary>What this silo runs with and all silos must agree in, one <c>KEY = value</c> each, without secrets.</summary>
    ImmutableArray<string> SharedSettings { get; }

    /// <summary>Names <see cref="SharedSettings"/> in a few characters.</summary>
    string Fingerprint { get; }

    /// <summary>Reads the file as it is now. Changes nothing.</summary>
    ReloadPlan Plan();

    /// <summary>Takes the file over. Throws <see cref="TomException"/> where it is no longer the one of that digest, or has a fault.</summary>
    Task ApplyAsync(string digest);
}
