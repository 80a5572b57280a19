using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Sharing;

/// <summary>Keeps the record of tries bounded: by their number, the length of an answer, and their age.</summary>
internal static class AttemptStatements
{
    /// <summary>Of one submission: the first, from which it is counted how long a lost one is looked for, and the last.</summary>
    public const int Most = 100;

    /// <summary>Of one answer [characters].</summary>
    public const int LongestAnswer = 5_000;

    /// <summary>Rows of one transaction.</summary>
    public const int Piece = 500;

    /// <summary>Takes out what is too much once this try is there.</summary>
    public static async Task BoundAsync(DbTransactionContext context, Guid key, int ordinal)
    {
        if (ordinal > Most)
        {
            await context.Sql("DELETE FROM submission_attempt WHERE submission_key = @key AND ordinal > 1 AND ordinal <= @last")
                .With("key", key).With("last", ordinal - Most + 1).ExecuteAsync();
        }
    }

    /// <summary>Answers how many went. Those of submissions that are under way or wait for a person stay.</summary>
    public static Task<int> RemoveAsync(DbTransactionContext context, long startedBefore) => context.Sql($"""
        DELETE FROM submission_attempt WHERE (submission_key, ordinal) IN (
            SELECT a.submission_key, a.ordinal FROM submission_attempt a JOIN submission b ON b.key = a.submission_key
            WHERE a.started_us < @before AND b.state IN ({ShareStates.Delivered}, {ShareStates.Rejected}, {ShareStates.Cancelled})
            ORDER BY a.started_us LIMIT {Piece})
        """).With("before", startedBefore).ExecuteAsync();

    public static string? Shortened(string? answer) => answer is { Length: > LongestAnswer } ? $"{answer.AsSpan(0, LongestAnswer)} ..." : answer;
}
