using System.Text;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

/// <summary>Reads files as an import does.</summary>
internal static class Reading
{
    public static readonly ImportDefaults Defaults = new() { Origin = "A TOM", LatestMicroseconds = 1_900_000_000_000_000 };

    public static ReadFile Read(string text, string? format = null, ImportDefaults? defaults = null) => PhotometryFileReader.Read(Encoding.UTF8.GetBytes(text), format, defaults ?? Defaults);

    public static PhotometryPoint Point(string text, string? format = null, ImportDefaults? defaults = null)
    {
        var row = Assert.Single(Read(text, format, defaults).Rows);
        Assert.Null(row.Reason);
        return row.Point!;
    }

    public static string Reason(string text, string? format = null, ImportDefaults? defaults = null)
    {
        var row = Assert.Single(Read(text, format, defaults).Rows);
        Assert.Null(row.Point);
        return row.Reason!;
    }
}
