using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>The spectra of all targets. Stateless; key 0.</summary>
[Alias("tom.spectra")]
public interface ISpectraGrain : IGrainWithIntegerKey
{
    /// <summary>By their targets' names, of one target newest first.</summary>
    /// <param name="origin">Only those of this origin; null for all.</param>
    /// <param name="offset">How many to leave out first.</param>
    /// <param name="limit">At most 1,000.</param>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<SpectrumPage> ListAsync(string? origin, int offset, int limit);
}

[GenerateSerializer, Immutable, Alias("tom.spectrum-page")]
public sealed record SpectrumPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<TargetSpectrum> Spectra);

/// <summary>A spectrum, without its numbers, and its target's id.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-spectrum")]
public sealed record TargetSpectrum([property: Id(0)] long Target, [property: Id(1)] SpectrumHead Head);
