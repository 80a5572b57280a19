using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>What became of a configuration: the typed model, or everything that is wrong with it.</summary>
/// <param name="Configuration">Null exactly when there are faults.</param>
/// <param name="Faults">All of them, in the order of reading.</param>
/// <param name="Settings">Every setting as it was understood, for <see cref="ConfigurationPrinter"/>.</param>
/// <param name="Source">The file as it was named, or <c>sandbox</c>.</param>
public sealed record ConfigurationReading(
    TomConfiguration? Configuration,
    ImmutableArray<ConfigurationFault> Faults,
    ImmutableArray<EffectiveSetting> Settings,
    string Source);

/// <param name="Source">File, or whatever else the fault is in.</param>
/// <param name="Path">The key, as in <c>ALERT_STREAMS[0].OPTIONS.URL</c>; empty for the file as a whole.</param>
/// <param name="Text">The value given unless it is secret, and what is allowed. One line, safe for a terminal.</param>
public sealed record ConfigurationFault(string Source, string Path, string Text)
{
    public override string ToString() => Path.Length == 0 ? $"{Source}: {Text}" : $"{Source}: {Path}: {Text}";
}

/// <param name="Path">The key, as in <see cref="ConfigurationFault.Path"/>.</param>
/// <param name="Shown">The value as it may be shown; <c>(set)</c> or <c>(not set)</c> for a secret.</param>
/// <param name="Origin">Where it comes from when it does not stand in the file as it is: <c>default</c>, <c>environment variable X</c>, <c>--data</c>.</param>
public sealed record EffectiveSetting(string Path, string Shown, string? Origin)
{
    /// <summary>The value itself where it is not to be shown, to tell whether it changed.</summary>
    internal Secret? Hidden { get; init; }

    public override string ToString() => Origin is null ? $"{Path} = {Shown}" : $"{Path} = {Shown}  # {Origin}";
}
