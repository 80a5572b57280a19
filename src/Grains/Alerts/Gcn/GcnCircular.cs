namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>A GCN circular as it was sent this time; the same number comes again when it is corrected, and in the weekly run for the bibliography.</summary>
public sealed record GcnCircular
{
    /// <summary>The circular's number; null where it states none (old letters have numbers like <c>21</c>).</summary>
    public long? Number { get; init; }

    /// <summary>1 for the first; null where none is stated: then the text tells whether it changed.</summary>
    public int? Version { get; init; }

    public required string Subject { get; init; }

    /// <summary>Name and address, as given.</summary>
    public string? Submitter { get; init; }

    /// <summary>When it was first sent [us since 1970, UTC].</summary>
    public long? CreatedMicroseconds { get; init; }

    /// <summary>The event it is about as GCN names it, else the first name in its subject; null where there is none.</summary>
    public string? EventId { get; init; }

    /// <summary>The objects that its subject names, in its order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required string Body { get; init; }
}
