namespace TomOrleans.Sandbox.Hermes;

internal enum FaultKind
{
    ServerError,
    Hang,
    DropConnection,
    TooManyRequests,
    WithoutUuid,
    Slow,
    Unavailable,
}

/// <summary>One way in which an answer of Hermes can go wrong. Given to <see cref="StandInFaults.Next"/>, in code only.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind, bool published, TimeSpan delay) => (Kind, Published, Delay) = (kind, published, delay);

    internal FaultKind Kind { get; }

    internal bool Published { get; }

    internal TimeSpan Delay { get; }

    /// <summary>A 500 HTML page, before the request was looked at or after it was carried out.</summary>
    public static Fault ServerError(bool published = false) => new(FaultKind.ServerError, published, default);

    /// <summary>No answer until the client gives up.</summary>
    public static Fault Hang(bool published = false) => new(FaultKind.Hang, published, default);

    /// <summary>The connection breaks instead of an answer; what is published is so when that time has passed since.</summary>
    public static Fault DropConnection(bool published = false, TimeSpan late = default) => new(FaultKind.DropConnection, published, late);

    /// <summary>503, as the proxy before Hermes gives it when it has nobody to hand the request to. Nothing is published.</summary>
    public static Fault Unavailable() => new(FaultKind.Unavailable, false, default);

    /// <summary>429 with <c>Retry-After</c> in whole seconds, as a proxy before Hermes may give. Nothing is published.</summary>
    public static Fault TooManyRequests(TimeSpan retryAfter) => new(FaultKind.TooManyRequests, false, retryAfter);

    /// <summary>200 with the body sent, but no uuid.</summary>
    public static Fault WithoutUuid(bool published = false) => new(FaultKind.WithoutUuid, published, default);

    /// <summary>The right answer, late.</summary>
    public static Fault Slow(TimeSpan delay) => new(FaultKind.Slow, true, delay);
}
