using TomOrleans.Operations;

namespace TomOrleans.Silo.Pages.Live;

/// <summary>The TOM as it was at the last look.</summary>
/// <param name="Tom">Null until the first answer.</param>
/// <param name="Fault">Why the last look failed, for a person; null when it did not. <paramref name="Tom"/> is then of an earlier look.</param>
/// <param name="Version">Grows whenever <paramref name="Tom"/> or <paramref name="Fault"/> changed: what was drawn for the same version needs no redrawing.</param>
public sealed record LiveStatus(TomStatus? Tom, string? Fault, long Version)
{
    public static readonly LiveStatus Unknown = new(null, null, 0);
}
