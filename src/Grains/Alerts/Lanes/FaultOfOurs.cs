using System.Data.Common;
using TomOrleans.Storage;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// Tells our faults (database, disk, time-out, a silo gone) from a handler's: after one of ours the partition waits and repeats, after the handler's the alert is parked.
/// </summary>
public static class FaultOfOurs
{
    public static bool Is(Exception exception) => exception switch
    {
        TomException tom => tom.Fault is TomFault.Unavailable or TomFault.Conflict,
        OrleansException or TimeoutException or StorageUnavailableException or DbException or IOException or OperationCanceledException => true,
        AggregateException many => many.InnerExceptions.Any(Is),
        _ => false,
    };
}
