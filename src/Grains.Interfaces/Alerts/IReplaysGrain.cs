using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>
/// Replays: messages of the log, or of Kafka where none are kept, run through a handler again with books of their own. One of the silos runs each; when that dies another one goes on.
/// Holds no state of its own; key 0.
/// </summary>
[Alias("tom.replays")]
public interface IReplaysGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Orders a replay; durable when it returns, begun within about a second. What ends it is planned now: messages that come later are not part of it. A repeat is a second replay; points
    /// are stored once all the same. Throws <see cref="TomFault.NotFound"/> for an unknown topic or handler, <see cref="TomFault.Invalid"/> for a handler that knows no shadow.
    /// </summary>
    [Alias("start"), AllowRole(TomRole.Operator), ResponseTimeout("00:01:00")]
    Task<Replay> StartAsync(ReplayRequest request);

    /// <summary>Newest first.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<Replay>> ListAsync(int limit);

    /// <summary>Throws <see cref="TomFault.NotFound"/>.</summary>
    [Alias("get"), AllowRole(TomRole.Reader)]
    Task<Replay> GetAsync(long id);

    /// <summary>Ends a replay where it stands; what it did stays. Durable when it returns, followed within about three seconds. One that has ended stays as it is. Safe to repeat.</summary>
    [Alias("cancel"), AllowRole(TomRole.Operator)]
    Task<Replay> CancelAsync(long id);
}
