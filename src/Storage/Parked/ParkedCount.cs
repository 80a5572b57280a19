namespace TomOrleans.Storage.Parked;

/// <summary>What waits for one handler of a topic.</summary>
/// <param name="Stream">The stream's ID.</param>
/// <param name="Topic">Without the stream.</param>
/// <param name="Handler">Its id.</param>
/// <param name="Waiting">How many; at least one.</param>
/// <param name="LastId">Of the one that was parked last.</param>
/// <param name="LastReason">Why that one was.</param>
public sealed record ParkedCount(string Stream, string Topic, string Handler, long Waiting, long LastId, string LastReason);
