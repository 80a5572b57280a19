using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Output;

/// <summary>Shares as tables, lines and JSON.</summary>
internal static class ShareOutput
{
    public static object Document(Share share) => new
    {
        Id = share.Id.ToString(CultureInfo.InvariantCulture),
        share.Destination,
        share.Topic,
        share.Target,
        share.Title,
        share.State,
        share.Points,
        share.Spectra,
        share.Files,
        share.Parts,
        share.PartsDelivered,
        share.Receipts,
        share.Attempts,
        share.LastError,
        Created = TimeText.Exact(share.CreatedMicroseconds),
        NextTry = TimeText.Exact(share.NextTryMicroseconds),
        share.CreatedBy,
        Retracted = TimeText.Exact(share.RetractedMicroseconds),
    };

    public static object Document(ShareDetail detail) => new
    {
        Share = Document(detail.Share),
        Parts = detail.Parts.Select(part => new
        {
            part.Key,
            part.State,
            part.Receipt,
            part.LastError,
            Attempts = part.Attempts.Select(attempt => new
            {
                Started = TimeText.Exact(attempt.StartedMicroseconds),
                Ended = TimeText.Exact(attempt.EndedMicroseconds),
                attempt.Outcome,
                attempt.Answer,
            }),
        }),
    };

    public static object Document(OpenedForm form) => new { form.Url, form.Points, form.Spectra, form.LeftOut };

    public static object Document(SharePage page) => new { page.Total, Shares = page.Shares.Select(Document) };

    public static object Document(SharePreview preview) => new
    {
        preview.Destination,
        preview.Topic,
        preview.Points,
        preview.Spectra,
        preview.Files,
        preview.Bodies,
        preview.LeftOut,
    };

    public static object Document(ShareVerdict verdict) => new
    {
        verdict.Preview.Destination,
        verdict.Preview.Topic,
        Messages = verdict.Objections.Select(objection => new { Valid = objection.Length == 0, Objections = objection.Length == 0 ? [] : objection.Split('\n') }),
        verdict.Preview.LeftOut,
    };

    public static void ShowList(Report report, SharePage page, int offset)
    {
        if (page.Shares.IsEmpty)
        {
            report.Line(page.Total == 0 ? "No shares." : $"No shares from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var table = new TextTable("#Id", "=Created", "Destination", "Target", "#Points", "State", "#Attempts", "Receipt or reason");
        foreach (var share in page.Shares)
        {
            table.Row(
                share.Id.ToString(CultureInfo.InvariantCulture),
                TimeText.Short(share.CreatedMicroseconds),
                Destination(share),
                share.Target,
                share.Points,
                StateCell(share),
                share.Attempts,
                share.State == ShareState.Delivered ? string.Join(", ", share.Receipts) : share.LastError);
        }

        table.Show(report);
        Paging.Show(report, offset, page.Shares.Length, page.Total, "shares");
    }

    public static void Show(Report report, OpenedForm form)
    {
        report.Line(SafeText.Line($"{form.Url}"));
        report.Line(SafeText.Line($"The form holds {Measurements(form.Points, form.Spectra)}; nothing is published before it is sent there."));
        ShowLeftOut(report, form.LeftOut);
    }

    /// <summary>Whether the destination would take it, and its words where not.</summary>
    public static void Show(Report report, ShareVerdict verdict)
    {
        for (var part = 0; part < verdict.Objections.Length; part++)
        {
            var which = $"message {part + 1} of {verdict.Objections.Length}";
            var objection = verdict.Objections[part];
            report.Line(SafeText.Line(objection.Length == 0 ? $"{which}: {Destination(verdict.Preview)} would take it" : $"{which}: {Destination(verdict.Preview)} would refuse it:"));
            foreach (var line in objection.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                report.Line(SafeText.Line($"  {line}"));
            }
        }

        ShowLeftOut(report, verdict.Preview.LeftOut);
        report.Line("Nothing was published.");
    }

    /// <summary>Exactly what would be sent, and what is left out and why.</summary>
    public static void Show(Report report, SharePreview preview)
    {
        report.Line(SafeText.Line(
            $"Nothing is sent. To {Destination(preview)}: {(preview.Files > 0 ? Counted.Of(preview.Files, "file") : Measurements(preview.Points, preview.Spectra))} in {Counted.Of(preview.Bodies.Length, "message")}."));
        for (var part = 0; part < preview.Bodies.Length; part++)
        {
            report.Line($"--- message {part + 1} of {preview.Bodies.Length} ---");
            report.Line(SafeText.Lines(preview.Bodies[part]));
        }

        ShowLeftOut(report, preview.LeftOut);
    }

    /// <summary><c>3 points of SIM-001</c>, <c>3 points and 1 spectrum of SIM-001</c>; a message of one's own has no points of ours.</summary>
    public static string Content(Share share) => share.Files > 0 ? $"{Counted.Of(share.Files, "file")} of {share.Target}"
        : share.Points + share.Spectra > 0 ? $"{Measurements(share.Points, share.Spectra)} of {share.Target}" : share.Topic is null ? share.Target : $"a message about {share.Target}";

    /// <summary><c>delivered</c>, or <c>sending, 1 of 3</c> where the share was split: so many of its parts are delivered.</summary>
    public static string State(Share share)
    {
        var state = Word(share.State);
        return share.Parts > 1 ? $"{state}, {share.PartsDelivered} of {share.Parts}" : state;
    }

    public static string Destination(Share share) => share.Topic is { } topic ? $"{share.Destination}:{topic}" : share.Destination;

    private static string Destination(SharePreview preview) => preview.Topic is { } topic ? $"{preview.Destination}:{topic}" : preview.Destination;

    public static Cell StateCell(Share share) => share.State is ShareState.Rejected or ShareState.Unconfirmed
        ? Cell.State(State(share))
        : State(share);

    public static string Word(ShareState state) => state.ToString().ToLowerInvariant();

    private static string Measurements(int points, int spectra) =>
        spectra == 0 ? Counted.Of(points, "point")
        : points == 0 ? Spectra(spectra)
        : $"{Counted.Of(points, "point")} and {Spectra(spectra)}";

    private static string Spectra(int count) => count == 1 ? "1 spectrum" : $"{count:N0} spectra";

    private static void ShowLeftOut(Report report, ImmutableArray<string> leftOut)
    {
        foreach (var reason in leftOut)
        {
            report.Line(SafeText.Line($"left out: {reason}"));
        }
    }
}
