using System.Collections.Immutable;

namespace TomOrleans.Alerts;

/// <summary>How a message ended for one handler.</summary>
public enum Fate
{
    /// <summary>Its effects are durable.</summary>
    Handled,

    /// <summary>Not for us: no such target, test message, repeat, filtered.</summary>
    Ignored,

    /// <summary>Set aside with reason and bytes.</summary>
    Parked,

    /// <summary>A person gave it up.</summary>
    Dropped,
}

/// <summary>The verdict on one alert of a batch.</summary>
/// <param name="Fate"><see cref="Fate.Handled"/>, <see cref="Fate.Ignored"/> or <see cref="Fate.Parked"/>.</param>
/// <param name="Reason">Why it was ignored or parked: one line, for a person. Null for handled ones.</param>
/// <param name="Faults">Rows of the message that could not be used; empty where the whole message is meant.</param>
[GenerateSerializer, Immutable, Alias("tom.verdict")]
public sealed record Verdict(
    [property: Id(0)] Fate Fate,
    [property: Id(1)] string? Reason,
    [property: Id(2)] ImmutableArray<RowFault> Faults)
{
    /// <summary>Set for a parked one that may go well at another time, with nothing mended: it is tried again by itself a few times.</summary>
    [Id(3)] public bool MayPass { get; init; }

    public static readonly Verdict Handled = new(Fate.Handled, null, []);

    public static Verdict Ignored(string reason) => new(Fate.Ignored, reason, []);

    public static Verdict Parked(string reason, ImmutableArray<RowFault> faults = default) =>
        new(Fate.Parked, reason, faults.IsDefault ? [] : faults);
}

/// <summary>One verdict an alert, in the batch's order.</summary>
[GenerateSerializer, Immutable, Alias("tom.handler-outcome")]
public sealed record HandlerOutcome([property: Id(0)] ImmutableArray<Verdict> Verdicts);
