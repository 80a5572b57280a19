using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Notices;
using TomOrleans.Operations;
using TomOrleans.Sharing;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests;

/// <summary>A small TOM whose every value is known.</summary>
internal static class Sample
{
    /// <summary>2026-11-01T02:03:04.5Z [us since 1970, UTC].</summary>
    public const long Time = 1_793_498_584_500_000;

    /// <summary>Beyond what a double can hold exactly.</summary>
    public const long BigId = 9_007_199_254_740_993;

    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddMicroseconds(Time).AddSeconds(42);

    public static readonly TopicStatus Topic = new()
    {
        Name = new("sandbox", "hermes.test"),
        Consumed = 1234,
        Partitions =
        [
            new() { Partition = 0, Position = 1000, Lag = 4, Silo = "S1", LastMessageMicroseconds = Time },
            new() { Partition = 1, Position = 234, Lag = 0, Waiting = "the database does not answer" },
        ],
        Handlers =
        [
            new()
            {
                Handler = "hermes",
                State = "live",
                Books = new() { Consumed = 1234, Handled = 1200, Ignored = 20, Parked = 3, Dropped = 1, InFlight = 10, Behind = 4, Lost = 7 },
                Latency = new(4.24, 1_250),
            },
        ],
        LastMessageMicroseconds = Time,
        UsualGapMicroseconds = 9_400_000,
    };

    public static readonly ImmutableArray<LostRange> Lost = [new("hermes", 1, 227, null, Time), new("hermes", 0, 1000, 1006, Time)];

    public static readonly Notice Notice = new()
    {
        Id = 7,
        Kind = "stream",
        Subject = "hopskotch",
        Level = NoticeLevel.Alarm,
        Text = "The stream hopskotch is refused: SASL [red] wrong",
        Count = 1,
        SinceMicroseconds = Time,
        LastMicroseconds = Time,
    };

    public static readonly TomStatus Status = new()
    {
        TomName = "Las Campanas [red]TOM",
        IsSandbox = true,
        Silos =
        [
            new("S1", "127.0.0.1:11111", "active", "0.1.0")
            {
                Facts = new()
                {
                    Name = "S1",
                    Version = "0.1.0",
                    Configuration = "a1b2c3d4",
                    StartedMicroseconds = Time,
                    NowMicroseconds = Time + (185L * 60_000_000),
                    MemoryBytes = (212L << 20) + 5,
                    Gateway = "127.0.0.1:30000",
                },
            },
        ],
        Streams = [new() { Id = "sandbox", Kind = "sandbox", State = "connected", Topics = [Topic], Problems = ["gcn.secret: forbidden"] }],
        Targets = 2,
        Points = 12345,
        Destinations =
        [
            new()
            {
                Name = "hermes", DisplayName = "Hermes", Kind = "hermes", State = "ready", Queued = 1, Delivered = 5, Rejected = 2, Unconfirmed = 0,
                Topics = ["hermes.test"],
            },
        ],
    };

    public static readonly TargetUndo Undo = new()
    {
        Id = 4,
        Kind = TargetUndoKind.Merge,
        TargetId = 8,
        Name = "AT 2026x",
        IntoId = BigId,
        IntoName = "SIM-001",
        Points = 15,
        AtMicroseconds = Time,
        By = "ada",
        UntilMicroseconds = Time + 2_592_000_000_000,
    };

    public static readonly PhotometryPoint Detection = new()
    {
        Time = new(Time),
        Bandpass = "g",
        Brightness = 18.2041,
        BrightnessError = 0.031,
        BrightnessUnit = BrightnessUnit.AbMagnitude,
        Telescope = "FTN",
        Instrument = "MuSCAT3",
        Origin = "LCO",
        Provenance = new(new("sandbox", "hermes.test", 0, 999), Guid.Parse("00000000-0000-0000-0000-00000000000a"), "someone", Time),
    };

    public static readonly PhotometryPoint Limit = new()
    {
        Time = new(Time + 86_400_000_000),
        Bandpass = "r",
        LimitingBrightness = 20.5,
        LimitingBrightnessUnit = BrightnessUnit.AbMagnitude,
        Origin = "ZTF",
    };

    public static readonly Target Target = new()
    {
        Id = BigId,
        Name = "SIM-001",
        Aliases = ["AT 2026abc"],
        RightAscensionDegrees = 83.633083,
        DeclinationDegrees = -0.014500,
        CreatedMicroseconds = Time,
        CreatedBy = "hermes",
        Points = 2,
        LatestMicroseconds = Detection.Time.UtcMicroseconds,
        Latest = Detection,
    };

    public static readonly Share Share = new()
    {
        Id = BigId,
        Destination = "hermes",
        Topic = "hermes.test",
        Target = "SIM-001",
        Title = "Updated data for SIM-001 from the TOM.",
        State = ShareState.Queued,
        Points = 2,
        Parts = 1,
        PartsDelivered = 0,
        Receipts = [],
        Attempts = 0,
        CreatedMicroseconds = Time,
        CreatedBy = "admin",
    };

    public static readonly ImmutableArray<SharePart> ShareParts =
    [
        new()
        {
            Key = Guid.Parse("0f0e0d0c-1111-4222-8333-444455556666"),
            State = ShareState.Queued,
            LastError = "Hermes is not available (503)",
            Attempts =
            [
                new() { StartedMicroseconds = Time, EndedMicroseconds = Time + 1_000_000, Outcome = ShareState.Queued, Answer = "503 text/html\nbusy \u001b[5m" },
                new() { StartedMicroseconds = Time + 60_000_000 },
            ],
        },
    ];

    public static readonly TomEvent[] Events =
    [
        new() { Kind = TomEventKind.AlertsHandled, AtMicroseconds = Time, Count = 1200, Topic = Topic.Name, Handler = "hermes", Last = new("sandbox", "hermes.test", 1, 17) },
        new() { Kind = TomEventKind.MessagesParked, AtMicroseconds = Time, Count = 1, Topic = Topic.Name, Handler = "log", Last = new("sandbox", "hermes.test", 0, 4), Text = "no \u001b[5mtime" },
        new() { Kind = TomEventKind.TargetChanged, AtMicroseconds = Time, Count = 2, TargetId = BigId, TargetName = "SIM-001" },
        new() { Kind = TomEventKind.ShareRejected, AtMicroseconds = Time, Count = 1, ShareId = BigId, Destination = "hermes", Text = "400" },
        new() { Kind = TomEventKind.TopicPaused, AtMicroseconds = Time, Count = 1, Topic = new("hop", "other"), Text = "admin" },
    ];

    public static readonly ParkedMessage Parked = new()
    {
        Id = BigId,
        Location = new("sandbox", "hermes.test", 1, 17),
        Handler = "hermes",
        State = "parked",
        Reason = "2 rows could not be read",
        Faults = [new("data.photometry[0]", "no time"), new("data.photometry[1]", "no band")],
        Attempts = 3,
        ParkedMicroseconds = Time,
        Size = 2048,
    };

    public static readonly ParkedDetail ParkedDetail = new()
    {
        Message = Parked,
        Headers = [new("_sender", "somebody"), new("_id", "0x00ff")],
        Value = new byte[] { (byte)'{', (byte)'\n', (byte)'}' },
        Text = "{\n}",
    };

    public static readonly SkyEvent SkyEvent = new()
    {
        Id = "LVK-S260102a",
        Kind = SkyEventKind.Notice,
        Title = "igwn \u001b[31mS260102a (update)",
        Type = SkyEventType.Update,
        Versions = 2,
        Latest = 2,
        FirstMicroseconds = Time,
        LastMicroseconds = Time,
        EventMicroseconds = Time,
        Position = new(83.633, -0.0145, 0.05, 0.9),
        Names = ["GW260102"],
    };

    public static readonly TargetSkyEvent TargetEvent = new(SkyEvent, "AT 2026abc", 0.00025);

    public static readonly SkyEventDetail SkyEventDetail = new()
    {
        Event = SkyEvent,
        Version = Version(2, SkyEventType.Update),
        Text = "{\r\n  \"far\": 1e-9 \u001b[31m\n}",
        Versions = [Version(1, SkyEventType.Initial), Version(2, SkyEventType.Update)],
        Targets = [new("SIM-001", "AT 2026abc", 0.00025), new("SIM-002", null, 0.04)],
        Related = [SkyEvent with { Id = "GCN-40001", Title = "GW260102: nothing seen" }],
    };

    private static SkyEventVersion Version(int number, SkyEventType type) => new()
    {
        Number = number,
        Source = "igwn",
        Title = "igwn S260102a",
        Type = type,
        IssuedMicroseconds = Time,
        Message = new("gcn", "igwn.gwalert", 0, number),
        MessageMicroseconds = Time,
    };
}
