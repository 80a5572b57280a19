namespace TomOrleans.Storage.Sharing.Retractions;

/// <summary>A message that was withdrawn, and what it had brought.</summary>
/// <param name="MessageId">The hop <c>_id</c>.</param>
/// <param name="FoundMicroseconds">When we heard of it [us since 1970, UTC].</param>
/// <param name="Destination">The destination whose archive says so.</param>
/// <param name="Topic">Where the message stands.</param>
/// <param name="Title">Its title.</param>
/// <param name="Sender">Who published it; null where the archive does not say.</param>
/// <param name="Points">Values marked as retracted.</param>
/// <param name="Spectra">Spectra marked as retracted.</param>
/// <param name="Shares">Shares by which they had been passed on, with where they went.</param>
public sealed record RetractionRow(
    Guid MessageId, long FoundMicroseconds, string Destination, string Topic, string Title, string? Sender, int Points, int Spectra, IReadOnlyList<PassedOnShare> Shares);

/// <summary>A share that holds something withdrawn.</summary>
/// <param name="Id">The share.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="Topic">Null for none.</param>
/// <param name="IsOpen">It arrived or may have, or is still to, and was not withdrawn there.</param>
public readonly record struct PassedOnShare(long Id, string Destination, string? Topic, bool IsOpen);

/// <summary>A message that was found withdrawn.</summary>
/// <param name="MessageId">The hop <c>_id</c>.</param>
/// <param name="Destination">Whose archive says so.</param>
/// <param name="Topic">Where the message stands.</param>
/// <param name="Title">Its title.</param>
/// <param name="Sender">Who published it.</param>
/// <param name="SubmissionKey">The key of a submission of ours that it carries; null for none.</param>
public sealed record FoundRetraction(Guid MessageId, string Destination, string Topic, string Title, string? Sender, Guid? SubmissionKey);

/// <summary>What became of a withdrawn message here.</summary>
/// <param name="Points">Targets of the values that were marked, one for each.</param>
/// <param name="Spectra">Targets of the spectra that were marked.</param>
/// <param name="Shares">Shares that had passed them on and still stand.</param>
public sealed record NotedRetraction(IReadOnlyList<long> Points, IReadOnlyList<long> Spectra, int Shares);
