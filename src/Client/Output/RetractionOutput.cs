using System.Globalization;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Output;

/// <summary>What others withdrew, as a table and JSON.</summary>
internal static class RetractionOutput
{
    public static object Document(RetractionPage page) => new
    {
        page.Total,
        Retractions = page.Retractions.Select(retraction => new
        {
            Message = retraction.MessageId,
            Found = TimeText.Exact(retraction.FoundMicroseconds),
            retraction.Destination,
            retraction.Topic,
            retraction.Title,
            retraction.Sender,
            retraction.Points,
            retraction.Spectra,
            Shares = retraction.Shares.Select(share => new { Id = share.ShareId.ToString(CultureInfo.InvariantCulture), share.Destination, share.Topic, Stands = share.IsOpen }),
        }),
    };

    public static void Show(Report report, RetractionPage page, int offset)
    {
        if (page.Retractions.IsEmpty)
        {
            report.Line(page.Total == 0 ? "Nothing that was read here was withdrawn, as far as is known." : $"None from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var table = new TextTable("=Found (UTC)", "Message", "Topic", "Sender", "Title", "#Points", "#Spectra", "Passed on in shares");
        foreach (var retraction in page.Retractions)
        {
            table.Row(
                TimeText.Short(retraction.FoundMicroseconds),
                retraction.MessageId.ToString("D"),
                retraction.Topic,
                retraction.Sender,
                retraction.Title,
                retraction.Points,
                retraction.Spectra,
                string.Join(", ", retraction.Shares.Select(share => $"{share.ShareId} to {share.Destination}{(share.IsOpen ? "" : " (retracted)")}")));
        }

        table.Show(report);
        Paging.Show(report, offset, page.Retractions.Length, page.Total, "retractions");
    }
}
