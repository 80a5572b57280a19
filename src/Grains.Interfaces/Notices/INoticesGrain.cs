using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Security;

namespace TomOrleans.Notices;

/// <summary>What a person should know, for the whole cluster. Key 0.</summary>
[Alias("tom.notices")]
public interface INoticesGrain : IGrainWithIntegerKey
{
    /// <summary>Those that are open, new ones first, then those that ended in the last week; the newest first in each.</summary>
    [Alias("list"), AllowRole(TomRole.Reader), AlwaysInterleave]
    Task<ImmutableArray<Notice>> ListAsync();

    /// <summary>
    /// Somebody has seen these, or with none given all that are new. Durable when it returns; answers how many were new. What gets worse afterwards is new again. Throws
    /// <see cref="TomFault.NotFound"/> for an id that no notice has. Safe to repeat.
    /// </summary>
    [Alias("seen"), AllowRole(TomRole.Operator)]
    Task<int> SeenAsync(ImmutableArray<long> ids);

    /// <summary>Looks around for what is wrong, and tells the webhook where there is one. Each silo asks for it every few seconds; what comes sooner does nothing.</summary>
    [Alias("look")]
    Task LookAsync();
}
