namespace TomOrleans.Operations;

public enum CheckState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, and somebody should know.</summary>
    Warning,

    /// <summary>Does not work, or will not for long.</summary>
    Failed,
}

/// <summary>One finding of <c>tom doctor</c>.</summary>
/// <param name="Silo">Where it was found; null for the TOM as a whole.</param>
/// <param name="Subject">What was looked at: <c>database</c>, <c>stream hop</c>, <c>disk</c> ...</param>
/// <param name="State">How it is.</param>
/// <param name="Finding">One line: what was found.</param>
/// <param name="Advice">One line: what to do; null where nothing is.</param>
[GenerateSerializer, Immutable, Alias("tom.check-result")]
public sealed record CheckResult(
    [property: Id(0)] string? Silo,
    [property: Id(1)] string Subject,
    [property: Id(2)] CheckState State,
    [property: Id(3)] string Finding,
    [property: Id(4)] string? Advice = null);
