using TomOrleans.Storage.Cursors;

namespace TomOrleans.Storage.Parked;

/// <summary>A parked message without its bytes. States are those of <see cref="ParkedState"/>.</summary>
public sealed record ParkedHead(long Id, CursorKey Handler, long Offset, int State);

/// <summary>The right to end a try of a parked message: until the lease runs out, nobody else gets it. The lease's end is unique to the claim.</summary>
public readonly record struct ParkedClaim(long Id, long UntilMicroseconds);
