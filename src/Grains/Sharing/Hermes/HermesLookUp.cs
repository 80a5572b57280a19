namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Looks for a submission that Hermes did not answer for certain: in its archive, and, once nothing may come late any more, on the topic itself. Only the topic can prove that it is not there: that nobody at all published its
/// key. A copy that somebody else published does not prove that it is there.
/// </summary>
internal sealed class HermesLookUp(DestinationOptions options, TimeProvider time, ITopicSearch? topics)
{
    /// <summary>Clocks of ours and of the broker differ, and the broker's index of times goes by the producer's.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PauseWhileUnread = TimeSpan.FromMinutes(1);

    /// <summary>A topic that could not be read for so long is given up, and a person must say.</summary>
    private static readonly TimeSpan LongestUnread = TimeSpan.FromDays(1);

    public async Task<LookUp> FindAsync(HermesClient client, SubmissionInDoubt submission)
    {
        var from = submission.FirstSent - ClockMargin;
        string archive;
        var isSilent = false;
        try
        {
            if (await client.FindArchivedAsync(submission, from, options.SendTimeout / 4) is { } found)
            {
                return new LookUp.Found(found.ToString("D"));
            }

            archive = "Hermes' archive does not have it, but lags";
        }
        catch (HermesSilentException fault)
        {
            archive = $"Hermes' archive cannot be asked ({OneLine.Of(fault.Message)})";
            isSilent = true;
        }

        var age = time.GetUtcNow() - submission.LastSent;
        if (age < options.LookUpPatience)
        {
            return new LookUp.NotYet(
                $"no certain answer: it may still appear until {submission.LastSent + options.LookUpPatience:HH:mm:ss} UTC, and is looked for; {archive}",
                Shorter(options.LookUpPatience - age, age > FirstPause ? age : FirstPause));
        }

        if (topics is null || options.ConfirmStream is not { } stream || submission.Topic is not { } topic)
        {
            // Hermes is away, as a rule: what arrived is seen in its archive when it is back.
            return isSilent && age < LongestUnread
                ? new LookUp.NotYet($"no certain answer, and it is looked for: {archive}", PauseWhileUnread)
                : new LookUp.Never($"nobody can say whether it arrived: {archive}, and {submission.Topic} is not read here (CONFIRM_STREAM)");
        }

        using var deadline = new CancellationTokenSource(options.SendTimeout, time);
        try
        {
            return await topics.FindAsync(stream, topic, submission.Key, submission.Senders, from, deadline.Token) switch
            {
                TopicVerdict.Seen seen => new LookUp.Found(seen.MessageId.ToString("D")),
                TopicVerdict.SeenOfOthers { Sender: var sender } => new LookUp.OfOthers(sender, $"{topic} has a message with its key, published by {(sender is null ? "nobody known" : OneLine.Of(sender))}"),
                TopicVerdict.ReadWithout read => new LookUp.Absent($"{topic} was read from {from:HH:mm:ss} UTC to its end ({read.Messages} messages) without it"),
                TopicVerdict.Unread unread when age < LongestUnread => new LookUp.NotYet($"no certain answer, and {topic} cannot be read: {unread.Reason}; {archive}", PauseWhileUnread),
                TopicVerdict.Unread unread => new LookUp.Never($"nobody can say whether it arrived: {topic} cannot be read: {unread.Reason}; {archive}"),
                _ => throw new InvalidOperationException("no rule for the verdict"),
            };
        }
        catch (OperationCanceledException)
        {
            return new LookUp.NotYet($"no certain answer, and {topic} could not be read to its end within {options.SendTimeout.TotalSeconds:0} s", PauseWhileUnread);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
