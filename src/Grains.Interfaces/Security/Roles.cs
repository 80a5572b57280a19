namespace TomOrleans.Security;

/// <summary>What a token's holder may do; each role may do all that the ones before it may, in the order of the enum.</summary>
public enum TomRole
{
    /// <summary>See all but secrets and tokens.</summary>
    Reader = 1,

    /// <summary>Also share.</summary>
    Sharer = 2,

    /// <summary>Also add and change targets, points, data products.</summary>
    Contributor = 3,

    /// <summary>Also pause, seek, replay, retry and drop parked messages.</summary>
    Operator = 4,

    /// <summary>Also tokens and database.</summary>
    Admin = 5,

    /// <summary>A silo of this cluster itself; never given to a person.</summary>
    Silo = 6,
}

/// <summary>
/// Opens a grain method to clients that hold at least this role. A method without it can be called by grains and silos only.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowRoleAttribute(TomRole role) : Attribute
{
    public TomRole Role { get; } = role;
}

/// <summary>How a client's token travels with each grain call.</summary>
public static class CallToken
{
    /// <summary>Key in Orleans' RequestContext; the value is the token's text.</summary>
    public const string ContextKey = "tom.token";
}
