using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>From the outbox's rows to what callers see.</summary>
internal static class ShareViews
{
    public static Share Of(ShareRow row) => new()
    {
        Id = row.Id,
        Destination = row.Destination,
        Topic = row.Topic,
        Target = row.TargetName,
        Title = row.Title,
        State = (ShareState)row.State,
        Points = row.Points,
        Spectra = row.Spectra,
        Files = row.Files,
        Parts = row.Submissions.Count,
        PartsDelivered = row.Submissions.Count(submission => submission.State == (int)ShareState.Delivered),
        Receipts = [.. row.Submissions.Select(submission => submission.Receipt).OfType<string>()],
        Attempts = row.Submissions.Sum(submission => submission.Attempts),
        LastError = row.LastError,
        CreatedMicroseconds = row.CreatedMicroseconds,
        NextTryMicroseconds = row.State == (int)ShareState.Queued ? row.DueMicroseconds : null,
        CreatedBy = row.CreatedBy,
        RetractedMicroseconds = row.Submissions.Select(submission => submission.RetractedMicroseconds).Max(),
    };

    public static ShareDetail Detail(ShareRow row, IEnumerable<AttemptRow> attempts)
    {
        var byPart = attempts.ToLookup(attempt => attempt.Key);
        return new(Of(row), [.. row.Submissions.Select(submission => new SharePart
        {
            Key = submission.Key,
            State = (ShareState)submission.State,
            Receipt = submission.Receipt,
            LastError = submission.LastError,
            Attempts = [.. byPart[submission.Key].Select(Of)],
        })]);
    }

    private static ShareAttempt Of(AttemptRow row) => new()
    {
        StartedMicroseconds = row.StartedMicroseconds,
        EndedMicroseconds = row.EndedMicroseconds,
        Outcome = (ShareState?)row.Outcome,
        Answer = row.Answer,
    };
}
