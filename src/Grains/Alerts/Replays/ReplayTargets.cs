using System.Collections.Immutable;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>The targets that a replay is for: only messages about them are gone through.</summary>
/// <param name="Wanted">Which.</param>
/// <param name="Names">What they were called when it was ordered, for people.</param>
public sealed record ReplayTargets(ImmutableArray<ReplayTarget> Wanted, ImmutableArray<string> Names);

/// <param name="Id">The target's id.</param>
/// <param name="RadiusDegrees">Messages about what lies so near are about it too [deg]; null for its names only.</param>
public sealed record ReplayTarget(long Id, double? RadiusDegrees);
