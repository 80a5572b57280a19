namespace TomOrleans.Storage.MovingIn;

/// <summary>The takeover of another TOM.</summary>
/// <param name="Site">Its root address.</param>
/// <param name="StartedMicroseconds">[us since 1970, UTC]</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="EndedMicroseconds">[us since 1970, UTC]; null while it is under way, or cut off.</param>
public sealed record MoveRow(string Site, long StartedMicroseconds, string StartedBy, long? EndedMicroseconds);
