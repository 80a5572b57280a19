using System.Globalization;

namespace TomOrleans.Client.Output;

/// <summary>A number with its noun: <c>1 point</c>, <c>12,345 points</c>.</summary>
internal static class Counted
{
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
