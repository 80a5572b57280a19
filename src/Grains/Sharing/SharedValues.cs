using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Spectra;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>A point together with the key it is stored under.</summary>
public readonly record struct SharedPoint(PointKey Key, PhotometryPoint Point)
{
    public static SharedPoint Of(long targetId, PhotometryPoint point) =>
        new(new(targetId, PhotometryIdentity.Identity(point), PhotometryIdentity.Content(point)), point);
}

/// <summary>A spectrum together with the key it is stored under.</summary>
public readonly record struct SharedSpectrum(PointKey Key, Spectrum Spectrum)
{
    internal static SharedSpectrum Of(long targetId, SpectrumRow row) => new(new(targetId, row.Identity, row.Content), SpectrumRows.ToSpectrum(row));
}

/// <summary>A point or spectrum that is not sent, and why: a few words that read after "3 points: ".</summary>
public readonly record struct LeftOutValue(PointKey Key, string Reason, bool IsSpectrum = false);
