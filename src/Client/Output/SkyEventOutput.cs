using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.SkyEvents;

namespace TomOrleans.Client.Output;

/// <summary>Events on the sky as tables and as JSON.</summary>
internal static class SkyEventOutput
{
    public static object Document(SkyEventPage page) => new { page.Total, Events = page.Events.Select(Document) };

    public static object Document(SkyEvent sky) => new
    {
        sky.Id,
        Kind = Word(sky.Kind),
        sky.Title,
        Type = Word(sky.Type),
        Test = sky.IsTest,
        sky.Names,
        sky.Versions,
        sky.Latest,
        First = TimeText.Exact(sky.FirstMicroseconds),
        Last = TimeText.Exact(sky.LastMicroseconds),
        Time = TimeText.Exact(sky.EventMicroseconds),
        Position = Document(sky.Position),
    };

    public static object Document(SkyEventDetail detail) => new
    {
        Event = Document(detail.Event),
        Version = Document(detail.Version),
        detail.Text,
        Versions = detail.Versions.Select(Document),
        Targets = detail.Targets.Select(link => new { link.Target, link.Name, link.SeparationDegrees }),
        TooWideForTargets = detail.IsTooWide,
        Related = detail.Related.Select(Document),
    };

    public static object Document(ImmutableArray<TargetSkyEvent> links) => links.Select(link => new { Event = Document(link.Event), link.Name, link.SeparationDegrees });

    public static void ShowList(Report report, SkyEventPage page, int offset)
    {
        if (page.Events.IsEmpty)
        {
            report.Line(page.Total == 0 ? "No events. They come with the handlers gcn-circular and gcn-notice: docs/events.md" : $"No events from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var table = new TextTable("=Last", "=Event", "#Versions", "=Type", "Names", "Title");
        foreach (var sky in page.Events)
        {
            table.Row(TimeText.Short(sky.LastMicroseconds), sky.Id, sky.Versions, StateOf(sky.Type, sky.IsTest), string.Join(", ", sky.Names), sky.Title);
        }

        table.Show(report);
        Paging.Show(report, offset, page.Events.Length, page.Total, "events");
    }

    public static void Show(Report report, SkyEventDetail detail)
    {
        var (sky, version) = (detail.Event, detail.Version);
        var table = TextTable.OfFacts().Row("Event", sky.Id).Row("Title", version.Title);
        table.Row("Names", sky.Names.IsEmpty ? "none" : string.Join(", ", sky.Names));
        if (version.Type != SkyEventType.Unstated || version.IsTest)
        {
            table.Row("Type", StateOf(version.Type, version.IsTest));
        }

        if (version.Submitter is { } submitter)
        {
            table.Row("By", submitter);
        }

        table.Row("Written", TimeText.Short(version.IssuedMicroseconds ?? version.MessageMicroseconds));
        if (sky.EventMicroseconds is { } seen)
        {
            table.Row("Seen", TimeText.Exact(seen));
        }

        table.Row("Position", PositionOf(sky.Position));
        foreach (var one in detail.Versions)
        {
            table.Row("Version", VersionLine(one, isShown: one.Number == version.Number));
        }

        foreach (var link in detail.Targets)
        {
            table.Row("Target", $"{link.Target}  {WhyOf(link.Name, link.SeparationDegrees)}");
        }

        if (detail.IsTooWide && sky.Position is { } wide)
        {
            table.Row("Target", string.Create(
                CultureInfo.InvariantCulture,
                $"too wide to link by position; what lies within: tom targets --cone {wide.RightAscensionDegrees:0.######},{wide.DeclinationDegrees:0.######},{wide.ErrorDegrees:0.####}"));
        }

        foreach (var related in detail.Related)
        {
            table.Row("Related", $"{related.Id}  {related.Title}");
        }

        table.Show(report);
        report.Line();
        report.Line(SafeText.Lines(detail.Text.ReplaceLineEndings("\n")));
    }

    /// <summary>Rows of a target's facts.</summary>
    public static void AddTo(TextTable table, ImmutableArray<TargetSkyEvent> links)
    {
        const int most = 10;
        foreach (var link in links.Take(most))
        {
            table.Row("Event", $"{TimeText.Short(link.Event.LastMicroseconds)}  {link.Event.Id}  {link.Event.Title}  {WhyOf(link.Name, link.SeparationDegrees)}");
        }

        if (links.Length > most)
        {
            table.Row("Event", $"and {links.Length - most} more; all with --json");
        }
    }

    /// <summary>By what a target and an event are linked.</summary>
    private static string WhyOf(string? name, double? separation) => string.Join(", ", ((string?[])
    [
        name is null ? null : $"named {name}",
        separation is { } degrees ? $"{AngleText(degrees)} away" : null,
    ]).Where(part => part is not null)) is { Length: > 0 } why ? $"({why})" : "";

    private static object Document(SkyEventVersion version) => new
    {
        version.Number,
        version.Stated,
        version.Source,
        version.Title,
        Type = Word(version.Type),
        Test = version.IsTest,
        version.Submitter,
        Issued = TimeText.Exact(version.IssuedMicroseconds),
        Time = TimeText.Exact(version.EventMicroseconds),
        Position = Document(version.Position),
        version.Ivorn,
        Message = version.Message.ToString(),
        MessageTime = TimeText.Exact(version.MessageMicroseconds),
        version.MessageId,
    };

    private static object? Document(SkyEventPosition? position) => position is null
        ? null
        : new { Ra = position.RightAscensionDegrees, Dec = position.DeclinationDegrees, Error = position.ErrorDegrees, position.Containment };

    private static string VersionLine(SkyEventVersion version, bool isShown) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(isShown ? "*" : " ")}{version.Number}  {TimeText.Short(version.MessageMicroseconds)}  {StateOf(version.Type, version.IsTest)}{(version.Type == SkyEventType.Unstated && !version.IsTest ? "" : "  ")}{version.Title}  {version.Message}");

    private static string PositionOf(SkyEventPosition? position) => position is null
        ? "none stated"
        : $"{SkyText.Degrees(position.RightAscensionDegrees)}, {SkyText.Degrees(position.DeclinationDegrees)} [deg]"
            + (position.ErrorDegrees is { } error ? $", error {AngleText(error)}" : ", no error stated");

    private static string AngleText(double degrees) => degrees switch
    {
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{degrees:0.##} deg"),
        >= 1 / 60.0 => string.Create(CultureInfo.InvariantCulture, $"{degrees * 60:0.##} arcmin"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{degrees * 3600:0.##} arcsec"),
    };

    private static string StateOf(SkyEventType type, bool isTest) => string.Join(' ', ((string?[])
    [
        type == SkyEventType.Unstated ? null : Word(type),
        isTest ? "(test)" : null,
    ]).Where(part => part is not null));

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
