using System.Collections.Immutable;

namespace TomOrleans.Grains.Sharing.Retractions;

/// <summary>A message that an archive marks as withdrawn.</summary>
/// <param name="Id">The hop <c>_id</c>.</param>
/// <param name="Topic">Where it stands.</param>
/// <param name="Title">Its title; may be empty.</param>
/// <param name="Sender">Who published it; null where the archive does not say.</param>
/// <param name="SubmissionKey">The key of a TomOrleans that it carries.</param>
/// <param name="Targets">Names of the targets that it speaks of, each once.</param>
public sealed record RetractedMessage(Guid Id, string Topic, string Title, string? Sender, Guid? SubmissionKey, ImmutableArray<string> Targets);
