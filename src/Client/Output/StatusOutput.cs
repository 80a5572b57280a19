using TomOrleans.Operations;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Output;

/// <summary>The TOM as a whole, as tables and as JSON.</summary>
internal static class StatusOutput
{
    public static object Document(TomStatus status) => new
    {
        status.TomName,
        Sandbox = status.IsSandbox,
        Silos = status.Silos.Select(silo => new
        {
            silo.Name,
            silo.Address,
            silo.State,
            silo.Version,
            silo.Facts?.Gateway,
            silo.Facts?.Configuration,
            Started = TimeText.Exact(silo.Facts?.StartedMicroseconds),
            silo.Facts?.MemoryBytes,
        }),
        status.Problems,
        Streams = status.Streams.Select(stream => new
        {
            stream.Id,
            stream.Kind,
            stream.State,
            stream.Problems,
            Topics = stream.Topics.Select(TopicOutput.Document),
        }),
        status.Targets,
        status.Points,
        Destinations = status.Destinations.Select(Document),
        Notices = status.Notices.Select(NoticeOutput.Document),
    };

    public static object Document(DestinationStatus destination) => new
    {
        destination.Name,
        destination.State,
        destination.Queued,
        destination.Delivered,
        destination.Rejected,
        destination.Unconfirmed,
        destination.DisplayName,
        destination.Kind,
        destination.Topics,
        NextTry = TimeText.Exact(destination.NextTryMicroseconds),
    };

    public static void ShowDestination(Report report, DestinationStatus destination)
    {
        var table = TextTable.OfFacts().Row("Destination", destination.Name).Row("Name", destination.DisplayName).Row("Kind", destination.Kind);
        table.Row("State", Cell.State(destination.State, "ready", "sending"));
        if (destination.NextTryMicroseconds is { } next)
        {
            table.Row("Next try", TimeText.Short(next));
        }

        table.Row("Topics", destination.Topics.IsEmpty ? "any" : string.Join(", ", destination.Topics));
        table.Row("Queued", destination.Queued).Row("Delivered", destination.Delivered);
        table.Row("Rejected", Cell.Bad(destination.Rejected)).Row("Unconfirmed", Cell.Bad(destination.Unconfirmed));
        table.Show(report);
    }

    public static void Show(Report report, TomStatus status, DateTimeOffset now)
    {
        report.Line(SafeText.Line(
            $"{status.TomName}{(status.IsSandbox ? " (sandbox)" : "")}: {Counted.Of(status.Targets, "target")}, {Counted.Of(status.Points, "point")}"));
        NoticeOutput.ShowOpen(report, status.Notices, now);
        ShowSilos(report, status);
        ShowStreams(report, status);
        ShowDestinations(report, status);
    }

    private static void ShowSilos(Report report, TomStatus status)
    {
        var silos = new TextTable("Silo", "=Address", "=State", "=Version", "=Up", "#MiB", "=Configuration");
        foreach (var silo in status.Silos)
        {
            silos.Row(
                silo.Name,
                silo.Address,
                silo is { State: "active", Facts: null } ? Cell.State("no answer") : Cell.State(silo.State, "active", "joining"),
                silo.Version,
                silo.Facts is { } facts ? UpText(TimeSpan.FromMicroseconds(facts.NowMicroseconds - facts.StartedMicroseconds)) : "",
                silo.Facts is { } known ? known.MemoryBytes >> 20 : "",
                silo.Facts?.Configuration);
        }

        silos.Show(report);
        foreach (var problem in status.Problems)
        {
            report.Line(SafeText.Line($"  ! {problem}"));
        }
    }

    private static string UpText(TimeSpan up) => up.TotalDays >= 1 ? $"{(int)up.TotalDays} d {up.Hours} h" : up.TotalHours >= 1 ? $"{(int)up.TotalHours} h {up.Minutes} min" : $"{(int)up.TotalMinutes} min";

    private static void ShowStreams(Report report, TomStatus status)
    {
        if (status.Streams.IsEmpty)
        {
            report.Line("No streams: none is active in ALERT_STREAMS.");
            return;
        }

        var streams = new TextTable("Stream", "=Kind", "State", "#Topics", "#Lag");
        foreach (var stream in status.Streams)
        {
            streams.Row(
                stream.Id,
                stream.Kind,
                Cell.State(stream.State, "connected", "connecting", "stopped"),
                stream.Topics.Length,
                stream.Topics.Sum(TopicOutput.Lag));
        }

        streams.Show(report);
        foreach (var stream in status.Streams)
        {
            foreach (var problem in stream.Problems)
            {
                report.Line(SafeText.Line($"  ! {stream.Id}: {problem}"));
            }
        }

        var topics = status.Streams.SelectMany(stream => stream.Topics).ToList();
        if (topics.Count > 0)
        {
            TopicOutput.ShowBooks(report, topics);
        }
    }

    private static void ShowDestinations(Report report, TomStatus status)
    {
        if (status.Destinations.IsEmpty)
        {
            report.Line("No destinations: DATA_SHARING is empty.");
            return;
        }

        var destinations = new TextTable("Destination", "=Kind", "State", "#Queued", "#Delivered", "#Rejected", "#Unconfirmed");
        foreach (var destination in status.Destinations)
        {
            destinations.Row(
                destination.Name,
                destination.Kind,
                Cell.State(destination.State, "ready", "sending"),
                destination.Queued,
                destination.Delivered,
                Cell.Bad(destination.Rejected),
                Cell.Bad(destination.Unconfirmed));
        }

        destinations.Show(report);
    }
}
