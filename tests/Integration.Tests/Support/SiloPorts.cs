using TomOrleans.Testing;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>The three ports of a silo.</summary>
public sealed record SiloPorts(int Http, int Silo, int Gateway)
{
    public static SiloPorts Free() => new(FreePort.Next(), FreePort.Next(), FreePort.Next());
}
