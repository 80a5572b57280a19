using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.SkyEvents;

/// <summary>What the handlers <c>gcn-circular</c> and <c>gcn-notice</c> have kept. A stateless reader of the tables; key 0.</summary>
[Alias("tom.sky-events")]
public interface ISkyEventsGrain : IGrainWithIntegerKey
{
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<SkyEventPage> ListAsync(SkyEventQuery query);

    /// <summary>
    /// One event by its id, or by a name that it alone has; case, blanks, <c>-</c>, <c>_</c> and brackets do not count. Of notices and circulars with the same name the one event of
    /// notices is meant. Throws <see cref="TomFault.NotFound"/> for an unknown one or an unknown version, <see cref="TomFault.Ambiguous"/> where the name fits several.
    /// </summary>
    /// <param name="id">Id or name.</param>
    /// <param name="version">Which version's text; null for the latest.</param>
    [Alias("get"), AllowRole(TomRole.Reader)]
    Task<SkyEventDetail> GetAsync(string id, int? version);

    /// <summary>The events that name a target, or whose error circle holds it; newest first, at most 200. Empty for an unknown target.</summary>
    [Alias("of-target"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<TargetSkyEvent>> OfTargetAsync(long targetId);
}
