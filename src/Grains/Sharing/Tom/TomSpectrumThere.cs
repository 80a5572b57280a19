using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Targets.Toolkit;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>A spectrum that the other TOM has, or that we sent: the same where time and numbers are, in whatever shape they come.</summary>
/// <param name="TimeMicroseconds">[us since 1970, UTC]</param>
/// <param name="Numbers">A hash of wavelengths and fluxes: many spectra are compared, each of thousands of numbers.</param>
internal sealed record TomSpectrumThere(long TimeMicroseconds, string Numbers)
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
        return numbers.Fault is null ? new((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, HashOf(numbers)) : null;
    }

    private static string HashOf(SpectrumNumbers numbers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(numbers.Wavelength.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(numbers.Flux.AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
