using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Grains.Alerts.Gcn;
using TomOrleans.Grains.Targets;
using TomOrleans.SkyEvents;
using TomOrleans.Storage.SkyEvents;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>What a circular or notice says, as the tables of events keep it: which event it is of, what it is found by, what makes two of them the same. Pure.</summary>
public static class SkyEventVersions
{
    private const int MostCites = 20;

    /// <summary>By its number, which it must have. Two are the same that have the same subject, author and text, blanks at ends of lines and line ends apart.</summary>
    public static NewSkyEventVersion Of(GcnCircular circular, Alert alert)
    {
        var number = circular.Number!.Value.ToString(CultureInfo.InvariantCulture);
        var key = $"GCN-{number}";
        var body = string.Join('\n', circular.Body.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd()));
        return new()
        {
            Key = key,
            Kind = (int)SkyEventKind.Circular,
            Names = Names([key, number], [circular.EventId, .. circular.Names], SubjectWords.In(circular.Subject)),
            ReplacesNames = true,
            MayReturn = true,
            Content = new()
            {
                Hash = HashOf(Encoding.UTF8.GetBytes(string.Join('\0', circular.Subject, circular.Submitter, body))),
                Stated = circular.Version?.ToString(CultureInfo.InvariantCulture),
                Source = "circular",
                Title = OneLine.Of(circular.Subject),
                Type = (int)SkyEventType.Unstated,
                IsTest = false,
                Submitter = circular.Submitter,
                IssuedMicroseconds = circular.CreatedMicroseconds,
                Body = circular.Body,
            },
            Message = SourceOf(alert),
        };
    }

    /// <summary>
    /// By mission and event; where it names none by what it cites, else by its own ivorn, else by the event's time. Two are the same that are so to the byte. Null for one that says
    /// nothing of what it is about.
    /// </summary>
    public static NewSkyEventVersion? Of(GcnNotice notice, Alert alert)
    {
        var id = IsNumbered(notice.EventId) ? notice.EventId : null;
        var local = id ?? (notice.Cites is [var cited, ..] ? cited : null) ?? notice.Ivorn ?? TimeOf(notice.EventMicroseconds);
        if (local is null)
        {
            return null;
        }

        var key = id is null && notice.Ivorn is not null ? WithoutScheme(local) : $"{notice.Mission}-{local}";
        return new()
        {
            Key = key,
            Kind = (int)SkyEventKind.Notice,
            Names = Names([key, id], [.. notice.Names, .. EventNames.In(string.Join(", ", notice.Names.Prepend(id)))], []),
            Cites = id is null ? [.. notice.Cites.Take(MostCites)] : [],
            Content = new()
            {
                Hash = HashOf(GcnText.Content(alert)),
                Stated = notice.Version,
                Source = notice.Kind,
                Title = TitleOf(notice, id ?? (notice.Names is [var name, ..] ? name : null)),
                Type = (int)TypeOf(notice.Type),
                IsTest = notice.IsTest,
                IssuedMicroseconds = notice.IssuedMicroseconds,
                EventMicroseconds = notice.EventMicroseconds,
                Place = notice.Position is { } at ? new(at.RightAscensionDegrees, at.DeclinationDegrees, at.ErrorDegrees, at.Containment) : null,
                Ivorn = notice.Ivorn,
                Body = ReadableText.Of(alert).Replace('\0', '\uFFFD'),
            },
            Message = SourceOf(alert),
        };
    }

    /// <summary>Missions write zero or minus one where they have no number.</summary>
    private static bool IsNumbered(string? id) => id is not null && !(long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number <= 0);

    private static string? TimeOf(long? microseconds) => microseconds is { } time
        ? DateTimeOffset.UnixEpoch.AddMicroseconds(time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)
        : null;

    private static string WithoutScheme(string ivorn) => ivorn.StartsWith("ivo://", StringComparison.Ordinal) ? ivorn["ivo://".Length..] : ivorn;

    private static string TitleOf(GcnNotice notice, string? about)
    {
        // A VOEvent's own id says more than its kind: what was found, and which of its event's notices it is.
        var what = notice.Ivorn is { } ivorn ? WithoutScheme(ivorn)[(WithoutScheme(ivorn).IndexOf('/', StringComparison.Ordinal) + 1)..] : $"{notice.Kind} {about}".TrimEnd();
        return OneLine.Of(notice.Type == GcnAlertType.Unstated ? what : $"{what} ({notice.Type.ToString().ToLowerInvariant()})");
    }

    private static SkyEventType TypeOf(GcnAlertType type) => type switch
    {
        GcnAlertType.Initial => SkyEventType.Initial,
        GcnAlertType.Update => SkyEventType.Update,
        GcnAlertType.Retraction => SkyEventType.Retraction,
        _ => SkyEventType.Unstated,
    };

    private static SkyEventName[] Names(IEnumerable<string?> ids, IEnumerable<string?> stated, IEnumerable<string> words) =>
    [
        .. ids.Select(name => (Name: name, Rank: SkyEventNameRank.Id))
            .Concat(stated.Select(name => (Name: name, Rank: SkyEventNameRank.Stated)))
            .Concat(words.Select(name => (Name: (string?)name, Rank: SkyEventNameRank.Words)))
            .Where(name => name.Name is not null && TargetNames.IsName(name.Name))
            .Select(name => new SkyEventName(name.Name!, TargetNames.Normalise(name.Name!), name.Rank)),
    ];

    private static Guid HashOf(byte[] content) => new(SHA256.HashData(content).AsSpan(0, 16), bigEndian: true);

    private static SkyEventSource SourceOf(Alert alert) => new(
        alert.Location.Stream, alert.Location.Topic, alert.Location.Partition, alert.Location.Offset, alert.TimestampMicroseconds, alert.MessageId);
}
