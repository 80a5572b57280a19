using System.Collections.Immutable;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Shadow;

/// <summary>What a handler would do with messages, without doing it. A service of the silo, one for each handler that can tell.</summary>
public interface IShadowHandler
{
    /// <summary>The handler's name, as in HANDLER.</summary>
    string Name { get; }

    /// <summary>Begins to judge messages in their order. Each judgement sees what those before it would have changed.</summary>
    IShadowRun Begin(HandlerDefinition definition);
}

/// <summary>Used by one call at a time. Holds in memory what it would have changed, some hundred bytes a point.</summary>
public interface IShadowRun
{
    /// <summary>One outcome an alert, in their order. Changes nothing. Throws what the database throws; then nothing is noted, and the alerts may be asked about again.</summary>
    Task<IReadOnlyList<ShadowOutcome>> JudgeAsync(ImmutableArray<Alert> alerts);
}

/// <summary>What a message would do.</summary>
/// <param name="Verdict">As the handler would judge it.</param>
/// <param name="Points">What would become of its points, by target; also of the good rows of a parked message.</param>
/// <param name="NewTargets">Targets that it would make.</param>
public sealed record ShadowOutcome(Verdict Verdict, IReadOnlyList<ShadowPoints> Points, int NewTargets = 0)
{
    public static ShadowOutcome Of(Verdict verdict) => new(verdict, []);
}

/// <summary>Points of one message and target.</summary>
public readonly record struct ShadowPoints(string Target, bool IsNewTarget, int New, int Revised, int Known);
