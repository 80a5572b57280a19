namespace TomOrleans.Sandbox.Sky;

/// <summary>One exposure of a target in one band: a detection with its error, a limit, or a detection with the depth beside it.</summary>
/// <param name="Time">Middle of the exposure. [UTC, ms]</param>
/// <param name="Band">g, r, i or z.</param>
/// <param name="Observatory">By whom.</param>
/// <param name="Magnitude">Null when nothing was seen. [mag AB]</param>
/// <param name="MagnitudeError">One sigma; null with the magnitude. [mag]</param>
/// <param name="Limit">The 5-sigma depth. [mag AB]</param>
public sealed record Observation(
    DateTimeOffset Time, string Band, Observatory Observatory, double? Magnitude, double? MagnitudeError, double? Limit);

/// <summary>What is observed of a target in one go, and told in one message.</summary>
/// <param name="Id">Of the message. Follows from seed, target and time: the same visit has the same id in every run.</param>
/// <param name="Target">Of what.</param>
/// <param name="Observations">One to three, in the order of time.</param>
public sealed record Visit(Guid Id, SkyTarget Target, IReadOnlyList<Observation> Observations)
{
    public DateTimeOffset Time => Observations[^1].Time;
}
