namespace TomOrleans.Storage.Sharing;

/// <summary>
/// What a destination's sender is to do next: build a share that has no submissions yet (with the points it carries, in the order in which they were queued), or send a
/// submission. Exactly one of the two.
/// </summary>
public sealed record OutboxClaim(ShareRow? Unbuilt, IReadOnlyList<PointKey> Points, ClaimedSubmission? Submission);
