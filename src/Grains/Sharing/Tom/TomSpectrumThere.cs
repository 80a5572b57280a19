using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>A spectrum that the other TOM has, or that we sent: the same where time and fluxes are, in whatever shape its numbers come.</summary>
internal sealed record TomSpectrumThere(long TimeMicroseconds, SpectrumNumbers Numbers)
{
    /// <summary>Null for what is no spectrum that could be compared.</summary>
    public static TomSpectrumThere? Read(JsonElement datum)
    {
        if (datum.ValueKind != JsonValueKind.Object
            || !datum.TryGetProperty("timestamp", out var timestamp) || timestamp.ValueKind != JsonValueKind.String
            || !DateTimeOffset.TryParse(timestamp.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || !datum.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var numbers = SpectrumNumbers.Read(JsonObject.Create(value)!);
        return numbers.Fault is null ? new((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, numbers) : null;
    }

    public bool IsSame(TomSpectrumThere other) =>
        TimeMicroseconds == other.TimeMicroseconds && Numbers.Flux.AsSpan().SequenceEqual(other.Numbers.Flux.AsSpan()) && Numbers.Wavelength.AsSpan().SequenceEqual(other.Numbers.Wavelength.AsSpan());
}
