namespace TomOrleans.Silo.Configuration;

/// <summary>
/// What the configuration can say and the program cannot do yet. A part that is false is read and checked like any other, and then refused as not built.
/// </summary>
public sealed record BuiltParts
{
    /// <summary>CLUSTER.KIND postgresql.</summary>
    public bool PostgreSql { get; init; }

    /// <summary>As this version is. Whoever builds a part flips it here.</summary>
    public static BuiltParts Now { get; } = new() { PostgreSql = true };

    public static BuiltParts All { get; } = new()
    {
        PostgreSql = true,
    };
}
