using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>What a lane does with the alerts that are due.</summary>
public interface ILaneJudge
{
    /// <summary>One verdict an alert, in their order. An exception is a fault of ours, after which all of them are to be tried again.</summary>
    Task<ImmutableArray<Verdict>> JudgeAsync(ImmutableArray<Alert> due);

    /// <summary>What of them goes into the message log, together with the cursor's move.</summary>
    IReadOnlyList<NewMessage> Keep(ImmutableArray<Alert> due) => [];
}
