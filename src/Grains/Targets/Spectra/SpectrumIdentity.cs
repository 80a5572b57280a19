using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Spectra;

/// <summary>The two hashes that tell spectra apart, as <see cref="PhotometryIdentity"/> does points. Both are stored: for a given spectrum they must never change.</summary>
internal static class SpectrumIdentity
{
    private const byte IdentityRule = 4;
    private const byte ContentRule = 5;

    /// <summary>What makes it this spectrum and no other: origin, telescope, instrument, time to the nearest second.</summary>
    public static long Identity(SpectrumHead head)
    {
        var input = new HashInput(stackalloc byte[256]);
        try
        {
            input.Add(IdentityRule);
            input.AddFolded(head.Origin);
            input.AddFolded(head.Telescope);
            input.AddFolded(head.Instrument);
            input.Add(Math.DivRem(head.Time.UtcMicroseconds + 500_000, 1_000_000).Quotient);
            return input.Hash();
        }
        finally
        {
            input.Dispose();
        }
    }

    /// <summary>Its numbers, and their units.</summary>
    public static long Content(Spectrum spectrum)
    {
        var input = new HashInput(stackalloc byte[256]);
        try
        {
            input.Add(ContentRule);
            input.AddFolded(spectrum.Head.WavelengthUnit);
            input.AddFolded(spectrum.Head.FluxUnit);
            foreach (var numbers in (ReadOnlySpan<System.Collections.Immutable.ImmutableArray<double>>)[spectrum.Wavelength, spectrum.Flux, spectrum.FluxError])
            {
                input.Add((long)numbers.Length);
                foreach (var number in numbers)
                {
                    input.Add(BitConverter.DoubleToInt64Bits(number + 0.0));
                }
            }

            return input.Hash();
        }
        finally
        {
            input.Dispose();
        }
    }
}
