namespace TomOrleans.Sandbox.Hermes;

internal enum FaultKind
{
    ServerError,
    Hang,
    DropConnection,
    TooManyRequests,
    WithoutUuid,
    Slow,
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

    /// <summary>The connection breaks instead of an answer.</summary>
    public static Fault DropConnection(bool published = false) => new(FaultKind.DropConnection, published, default);

    /// <summary>429 with <c>Retry-After</c> in whole seconds, as a proxy before Hermes may give. Nothing is published.</summary>
    public static Fault TooManyRequests(TimeSpan retryAfter) => new(FaultKind.TooManyRequests, false, retryAfter);

    /// <summary>200 with the body sent, but no uuid. Nothing is published.</summary>
    public static Fault WithoutUuid() => new(FaultKind.WithoutUuid, false, default);

    /// <summary>The right answer, late.</summary>
    public static Fault Slow(TimeSpan delay) => new(FaultKind.Slow, true, delay);
}
