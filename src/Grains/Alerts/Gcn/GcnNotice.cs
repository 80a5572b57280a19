namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>What a notice says of its event's standing.</summary>
public enum GcnAlertType
{
    /// <summary>It does not say.</summary>
    Unstated,
    Initial,
    Update,
    Retraction,
}

/// <summary>A place on the sky.</summary>
/// <param name="RightAscensionDegrees">[deg, J2000]</param>
/// <param name="DeclinationDegrees">[deg, J2000]</param>
/// <param name="ErrorDegrees">Radius of the error circle, or the larger half axis of the ellipse [deg]; null where none is stated. Whether it is 1 sigma, 68 or 90 % differs from mission to mission.</param>
/// <param name="Containment">The probability within the error, 0 to 1; null where it is not stated.</param>
public sealed record GcnPosition(double RightAscensionDegrees, double DeclinationDegrees, double? ErrorDegrees = null, double? Containment = null);

/// <summary>A GCN notice, whatever form it came in. Most notices state only some of this.</summary>
public sealed record GcnNotice
{
    /// <summary>What kind it is, in its form's own words: a schema's path, a packet's name, <c>NOTICE_TYPE</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose event it is, in capitals, the same in all forms: <c>SWIFT</c>, <c>FERMI</c>, <c>LVK</c> for all gravitational waves.</summary>
    public required string Mission { get; init; }

    /// <summary>This very notice, unique for ever; only VOEvents have it.</summary>
    public string? Ivorn { get; init; }

    /// <summary>The event as its mission counts it: the same in all notices of one event.</summary>
    public string? EventId { get; init; }

    /// <summary>The event's other ids and its names, without <see cref="EventId"/>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Which notice of its event it is, as stated: usually a number that counts up.</summary>
    public string? Version { get; init; }

    public GcnAlertType Type { get; init; }

    /// <summary>True for what is no real event: tests, injections, drills.</summary>
    public bool IsTest { get; init; }

    /// <summary>True for what tells of no event at all: where a telescope points, how its instruments are.</summary>
    public bool IsUtility { get; init; }

    /// <summary>When the notice was made [us since 1970, UTC].</summary>
    public long? IssuedMicroseconds { get; init; }

    /// <summary>When the event was seen [us since 1970, UTC].</summary>
    public long? EventMicroseconds { get; init; }

    /// <summary>Null where none is stated: most first alerts, sky maps, retractions.</summary>
    public GcnPosition? Position { get; init; }

    /// <summary>Ivorns of the notices that this one follows, supersedes or takes back.</summary>
    public IReadOnlyList<string> Cites { get; init; } = [];
}
