using System.Globalization;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Output;

/// <summary>One share with every try of it, for people.</summary>
internal static class ShareDetailOutput
{
    public static void Show(Report report, ShareDetail detail)
    {
        var share = detail.Share;
        var table = TextTable.OfFacts().Row("Share", share.Id.ToString(CultureInfo.InvariantCulture));
        table.Row("Destination", ShareOutput.Destination(share));
        table.Row("Target", share.Target);
        table.Row("Title", share.Title);
        table.Row("State", ShareOutput.StateCell(share));
        table.Row("Points", share.Points);
        table.Row("Attempts", share.Attempts);
        foreach (var receipt in share.Receipts)
        {
            table.Row("Receipt", receipt);
        }

        if (share.RetractedMicroseconds is { } retracted)
        {
            table.Row("Retracted", TimeText.Short(retracted));
        }

        if (share.LastError is { } error)
        {
            table.Row(share.State == ShareState.Delivered ? "Last failure" : "Reason", error);
        }

        if (share.NextTryMicroseconds is { } next)
        {
            table.Row("Next try", TimeText.Short(next));
        }

        table.Row("Created", $"{TimeText.Short(share.CreatedMicroseconds)} by {share.CreatedBy}");
        table.Show(report);
        ShowAttempts(report, detail);
    }

    private static void ShowAttempts(Report report, ShareDetail detail)
    {
        if (detail.Parts.All(part => part.Attempts.IsEmpty))
        {
            return;
        }

        var table = new TextTable("#Part", "=Sent", "=Ended", "Then", "What came back");
        for (var number = 1; number <= detail.Parts.Length; number++)
        {
            foreach (var attempt in detail.Parts[number - 1].Attempts)
            {
                table.Row(
                    number,
                    TimeText.Short(attempt.StartedMicroseconds),
                    attempt.EndedMicroseconds is { } ended ? TimeText.Short(ended) : "-",
                    Then(attempt.Outcome),
                    attempt.Answer is { } answer ? Shortened(answer) : "");
            }
        }

        report.Line();
        table.Show(report);
        report.Line(SafeText.Line($"What was sent: tom share show {detail.Share.Id} --sent 1"));
    }

    private static string Then(ShareState? outcome) => outcome switch
    {
        null => "no end seen",
        ShareState.Queued => "not taken",
        ShareState.Sending => "in doubt",
        { } state => ShareOutput.Word(state),
    };

    /// <summary>Enough to see what it is; --json has the whole.</summary>
    private static string Shortened(string answer) => answer.Length <= 200 ? answer : string.Concat(answer.AsSpan(0, 200), " ...");
}
