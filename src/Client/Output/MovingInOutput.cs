using System.Globalization;
using TomOrleans.Client.MovingIn;
using TomOrleans.Targets;

namespace TomOrleans.Client.Output;

/// <summary>The report of a takeover.</summary>
internal static class MovingInOutput
{
    /// <summary>Notes that are printed without being asked for.</summary>
    private const int FirstNotes = 20;

    public static object Document(Uri site, SiteMoveOptions options, SiteMoveReport report) => new
    {
        Site = site.ToString(),
        options.Origin,
        options.DryRun,
        Targets = new { Total = report.Total, Made = report.Count(MovedFate.Made), Found = report.Count(MovedFate.Found), Refused = report.Count(MovedFate.Refused), DoneBefore = report.Before },
        report.Points,
        report.Spectra,
        report.Others,
        report.Lists,
        report.Notes,
        ByTarget = report.Outcomes.Select(outcome => new
        {
            RemoteId = outcome.RemoteId.ToString(CultureInfo.InvariantCulture),
            outcome.Name,
            outcome.Fate,
            outcome.Points,
            outcome.Spectra,
            outcome.Others,
            outcome.Notes,
        }),
    };

    public static void Show(Report report, Uri site, SiteMoveOptions options, SiteMoveReport move, bool all)
    {
        ShowNotes(report, move, all);
        report.Line(SafeText.Line($"{site}: {Counted.Of(move.Total, "target")}{(move.Before > 0 ? $", {move.Before:N0} of them done by an earlier run that was cut off" : "")}"));
        var would = options.DryRun ? "would be " : "";
        report.Line($"  targets: {Words(($"{would}made", move.Count(MovedFate.Made)), ("here already", move.Count(MovedFate.Found)), ("refused", move.Count(MovedFate.Refused)))}");
        report.Line($"  points:  {Words(move.Points, would)}");
        report.Line($"  spectra: {Words(move.Spectra, would)}");
        if (move.Lists.Count > 0)
        {
            report.Line(SafeText.Line($"  lists:   {string.Join(", ", move.Lists)}"));
        }

        if (move.Others > 0)
        {
            report.Line($"  others:  {move.Others:N0} left out: neither photometry nor spectra");
        }
    }

    private static void ShowNotes(Report report, SiteMoveReport move, bool all)
    {
        foreach (var note in move.Notes)
        {
            report.Line(SafeText.Line(note));
        }

        var notes = move.Outcomes.SelectMany(outcome => outcome.Notes, (outcome, note) => (outcome.Name, outcome.Fate, Note: note)).ToList();
        if (notes.Count == 0)
        {
            return;
        }

        var table = new TextTable("Target", "", "Note");
        foreach (var (name, fate, note) in notes.Take(all ? int.MaxValue : FirstNotes))
        {
            table.Row(name, fate == MovedFate.Refused ? Cell.State("refused") : "", note);
        }

        table.Show(report);
        if (!all && notes.Count > FirstNotes)
        {
            report.Line($"and {notes.Count - FirstNotes:N0} more; --notes shows all");
        }
    }

    private static string Words(MovedCounts counts, string would) => Words(
        ($"{would}stored", counts.Stored), ($"{would}stored as revisions", counts.Revised), ("confirmed what was here", counts.Confirmed), ("known", counts.Known), ("refused", counts.Refused));

    private static string Words(params ReadOnlySpan<(string Word, int Count)> counts)
    {
        var words = new List<string>();
        foreach (var (word, count) in counts)
        {
            if (count > 0)
            {
                words.Add($"{count:N0} {word}");
            }
        }

        return words.Count == 0 ? "none" : string.Join(", ", words);
    }
}
