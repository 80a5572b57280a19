using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Sharing;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>A world with something of everything that the pages show.</summary>
public static class Skies
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
    private const long Day = 86_400_000_000;

    /// <summary>What somebody may send who means no good: markup, an escape sequence, a mark that turns what follows.</summary>
    public const string Foreign = "<script>alert(1)</script> \u001b[31mred\u001b[0m \u202Eegami";

    /// <summary><see cref="Foreign"/> as a page shows it.</summary>
    public const string ForeignShown = "<script>alert(1)</script> \\u001B[31mred\\u001B[0m \\u202Eegami";

    public static byte[] ForeignText { get; } = Encoding.UTF8.GetBytes(Foreign);

    public static PageWorld Full()
    {
        var world = new PageWorld { Streams = [Stream()], Destinations = Destinations(), Parked = Parked(), Shares = Shares(), Messages = Messages(), SkyEvents = SkyEvents() };
        world.Add(Target(1, "SN 2026abc", 150.1234567, -30.7654321, "ZTF26aaaaaaa", "ATLAS26xyz"), [.. Supernova()]);
        world.Add(Target(2, "AT 2026 <b>x</b>/\"y\" 50%", 0.004166, 89.99999), Point(Now - (3 * Day), "r", 17.25, 0.031));
        world.Add(Target(3, "Fluxes", 359.99999, 0.0001), [.. Fluxes()]);
        world.Add(Target(4, "Waiting", 83.6331, 22.0145));
        for (var i = 5; i <= 130; i++)
        {
            world.Add(Target(i, string.Create(CultureInfo.InvariantCulture, $"Field {i:000}"), i * 2.7, (i / 2.0) - 40), Point(Now - (i * Day / 3), i % 2 == 0 ? "g" : "r", 15 + (i * .03), .01 + (i * .001)));
        }

        return world;
    }

    public static Target Target(long id, string name, double? ra, double? dec, params string[] aliases) => new()
    {
        Id = id,
        Name = name,
        Aliases = [.. aliases],
        RightAscensionDegrees = ra,
        DeclinationDegrees = dec,
        CreatedMicroseconds = Now - (90 * Day),
        CreatedBy = "handler hermes",
        Points = 0,
    };

    public static PhotometryPoint Point(long microseconds, string band, double? brightness, double? error, BrightnessUnit unit = BrightnessUnit.AbMagnitude, double? limit = null, string instrument = "1m0a/fa16") => new()
    {
        Time = new(microseconds),
        Bandpass = band,
        Telescope = instrument.Split('/')[0],
        Instrument = instrument.Split('/')[^1],
        Brightness = brightness,
        BrightnessError = error,
        BrightnessUnit = unit,
        LimitingBrightness = limit,
        LimitingBrightnessUnit = unit,
        ExposureSeconds = 30,
        Origin = instrument.StartsWith("P48", StringComparison.Ordinal) ? "ztf" : "las-cumbres",
        Provenance = new(new("sandbox", "hermes.photometry", 0, microseconds % 1000), null, "survey-robot", microseconds),
    };

    /// <summary>A type Ia as surveys see it: limits before, a fast rise, a slow fall, redder later.</summary>
    public static IEnumerable<PhotometryPoint> Supernova()
    {
        var random = new Random(7);
        string[] bands = ["u", "g", "r", "i", "z", "y"];
        for (var i = 0; i < 240; i++)
        {
            var band = i % 6;
            var phase = -25 + (i * .4);
            var time = Now - (long)((75 - phase) * Day) + 1234;
            var faint = Math.Max(0, -phase - 12) * .9;
            var peak = 16.2 + (band == 0 ? .9 : band == 4 ? .45 : band == 5 ? .6 : band * .12);
            var value = peak + (phase < 0 ? phase * phase * .007 : phase * (.055 - (band * .007))) + faint + (random.NextDouble() * .06);
            var error = .012 + (Math.Exp((value - 20.5) * .8) * .12);
            var isLimit = phase < -16 || value > 20.6;
            yield return Point(time, bands[band], isLimit ? null : value, isLimit ? null : error, limit: 20.4 - (band * .12), instrument: i % 4 == 0 ? "P48/ZTF-Cam" : "1m0a/fa16") with { IsRetracted = i == 120, OtherRevisions = i == 130 ? 1 : 0 };
        }
    }

    private static IEnumerable<PhotometryPoint> Fluxes()
    {
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            yield return Point(Now - ((60 - i) * Day), i % 2 == 0 ? "g" : "lsstr", 120 + (80 * Math.Sin(i / 6.0)) + (random.NextDouble() * 12), 9.5, i % 2 == 0 ? BrightnessUnit.Microjansky : BrightnessUnit.Microjansky);
        }

        for (var i = 0; i < 12; i++)
        {
            yield return Point(Now - ((60 - (i * 5)) * Day), "V", 17.8 + (i * .05), .08, BrightnessUnit.VegaMagnitude, instrument: "Swope/CCD");
        }
    }

    private static StreamStatus Stream() => new()
    {
        Id = "sandbox",
        Kind = "sandbox",
        State = "connected",
        Problems = [],
        Topics =
        [
            Topic("hermes.photometry", 3, ("hermes", "live", Books(12_345, 12_001, 330, 12, 2, 0, 0, 0)), ("log", "live", Books(12_345, 12_345, 0, 0, 0, 0, 0, 0))),
            Topic("sys.heartbeat", 1, ("heartbeat", "behind", Books(880, 872, 0, 0, 0, 8, 41, 17))),
        ],
    };

    private static Books Books(long consumed, long handled, long ignored, long parked, long dropped, long inFlight, long behind, long lost) =>
        new() { Consumed = consumed, Handled = handled, Ignored = ignored, Parked = parked, Dropped = dropped, InFlight = inFlight, Behind = behind, Lost = lost };

    private static TopicStatus Topic(string name, int partitions, params (string Handler, string State, Books Books)[] handlers) => new()
    {
        Name = new("sandbox", name),
        Consumed = handlers[0].Books.Consumed,
        Partitions = [.. Enumerable.Range(0, partitions).Select(i => new PartitionStatus { Partition = i, Position = 4115 + i, Lag = i, Silo = "silo-1", LastMessageMicroseconds = Now - (i * 4_000_000), Waiting = i == 2 ? "database busy" : null })],
        Handlers = [.. handlers.Select(one => new HandlerStatus { Handler = one.Handler, State = one.State, Books = one.Books })],
    };

    private static ImmutableArray<DestinationStatus> Destinations() =>
    [
        new() { Name = "hermes", DisplayName = "Hermes", Kind = "hermes", State = "ready", Queued = 1, Delivered = 42, Rejected = 1, Unconfirmed = 0, Topics = ["hermes.test", "tomtoolkit.test"] },
        new() { Name = "not-my-tom", DisplayName = "Not My Tom", Kind = "tom", State = "backing off: connection refused", Queued = 3, Delivered = 7, Rejected = 0, Unconfirmed = 1, Topics = [] },
    ];

    private static ImmutableArray<ParkedMessage> Parked() => [.. Enumerable.Range(0, 12).Select(i => new ParkedMessage
    {
        Id = i + 1,
        Location = new("sandbox", "hermes.photometry", i % 3, 1000 + i),
        Handler = "hermes",
        State = i == 0 ? "retrying" : "parked",
        Reason = i % 3 == 0 ? "2 of 50 photometry rows could not be used; the others are stored." : "The message is no JSON: unexpected end at byte 512.",
        Faults = i % 3 == 0 ? [new("data.photometry[31].date_obs", "'01/07/2026' can be read in two ways; give ISO 8601, JD or MJD."), new("data.photometry[40].brightness", "NaN is no brightness; leave it out for a limit. <script>alert(1)</script>")] : [],
        Attempts = 3,
        ParkedMicroseconds = Now - (i * 3_600_000_000L),
        Size = 5120 + i,
        MessageId = Guid.NewGuid(),
        Sender = "survey-robot",
    })];

    /// <summary>Of two topics, oldest first.</summary>
    private static ImmutableArray<MessageDetail> Messages() => [.. Enumerable.Range(1, 120).Select(number => Message(number))];

    public static MessageDetail Message(int number) => new()
    {
        Message = new()
        {
            Number = number,
            Location = new("sandbox", number % 2 == 0 ? "hermes.photometry" : "sys.heartbeat", 0, number),
            TimestampMicroseconds = Now - ((200 - number) * 60_000_000L),
            KeptMicroseconds = Now - ((200 - number) * 60_000_000L) + 5_000,
            Sender = "survey-robot",
            Format = AlertFormat.Text,
            Title = $"Number {number}: {Foreign}",
            Size = ForeignText.Length,
            IsTest = number % 10 == 0,
        },
        Headers = [new("_sender", "survey-robot"), new("<i>odd</i>", Foreign)],
        Value = ForeignText,
        Text = Foreign,
        Report = new() { Title = "A title", Targets = [new() { Name = $"<b>{number}</b>" }], Faults = [new("data.photometry[3]", Foreign)] },
        Fates = [new("log", "done"), new("hermes", "parked", 1, $"because {Foreign}")],
        Points = [new("SN 2026abc", Point(Now - Day, "r", 17.5, .02))],
        SkyEvents = [new("GCN-40001", 2)],
    };

    private static ImmutableArray<SkyEventDetail> SkyEvents() =>
    [
        SkyEvent("GCN-40001", SkyEventKind.Circular, $"GRB 260102A: {Foreign}", SkyEventType.Unstated) with { Targets = [new("SN 2026abc", "SN 2026abc", null)] },
        SkyEvent("SWIFT-1193078", SkyEventKind.Notice, "swift.bat.guano 1193078", SkyEventType.Update) with { IsTooWide = true },
    ];

    private static SkyEventDetail SkyEvent(string id, SkyEventKind kind, string title, SkyEventType type)
    {
        var versions = Enumerable.Range(1, 2).Select(number => new SkyEventVersion
        {
            Number = number,
            Source = kind == SkyEventKind.Circular ? "circular" : "swift.bat.guano",
            Title = title,
            Type = type,
            Submitter = "Somebody <somebody@example.org>",
            Message = new("gcn", "gcn.circulars", 0, number),
            MessageMicroseconds = Now - ((3 - number) * 3_600_000_000L),
        }).ToImmutableArray();
        return new()
        {
            Event = new()
            {
                Id = id,
                Kind = kind,
                Title = title,
                Type = type,
                Versions = 2,
                Latest = 2,
                FirstMicroseconds = versions[0].MessageMicroseconds,
                LastMicroseconds = versions[1].MessageMicroseconds,
                EventMicroseconds = Now - Day,
                Position = new(150.1, -30.7, 0.05, 0.9),
                Names = ["GRB 260102A", "<u>name</u>"],
            },
            Version = versions[1],
            Text = Foreign,
            Versions = versions,
        };
    }

    private static ImmutableArray<Share> Shares() => [.. Enum.GetValues<ShareState>().Select((state, i) => new Share
    {
        Id = 10 - i,
        Destination = i % 2 == 0 ? "hermes" : "not-my-tom",
        Topic = i % 2 == 0 ? "hermes.test" : null,
        Target = "SN 2026abc",
        Title = "Updated data for SN 2026abc from Las Campanas TOM.",
        State = state,
        Points = 40 + i,
        Parts = state == ShareState.Sending ? 3 : 1,
        PartsDelivered = state == ShareState.Sending ? 1 : 0,
        Receipts = state is ShareState.Delivered or ShareState.Sending ? [Guid.NewGuid().ToString()] : [],
        Attempts = i,
        LastError = state switch { ShareState.Rejected => "400: photometry[0].bandpass: \"xx\" is not a valid choice.", ShareState.Queued => "503 Service Unavailable", ShareState.Unconfirmed => "No answer within 60 s, and the topic does not show it yet.", _ => null },
        CreatedMicroseconds = Now - ((i + 1) * 600_000_000L),
        NextTryMicroseconds = state == ShareState.Queued ? Now + 90_000_000 : null,
        CreatedBy = "sandbox",
    })];
}
