using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Configuration;

/// <summary>Where a configuration came from, so that it can be read again.</summary>
/// <param name="Reading">As it was read.</param>
/// <param name="ReadAgain">The same file, environment and command line, now.</param>
public sealed record ConfigurationSource(ConfigurationReading Reading, Func<ConfigurationReading> ReadAgain)
{
    public override string ToString() => Reading.Source;
}
