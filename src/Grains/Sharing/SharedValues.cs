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

/// <summary>A file of a target, without its content, which is read when it is sent.</summary>
/// <param name="Id">Of the data product here.</param>
/// <param name="TargetId">The target it belongs to.</param>
/// <param name="FileName">Its name without folders.</param>
/// <param name="Type">In the Toolkit's words.</param>
/// <param name="ProductId">The id that it has everywhere; null for none.</param>
/// <param name="ExtraData">Free text.</param>
/// <param name="Size">[bytes]</param>
public sealed record SharedFile(long Id, long TargetId, string FileName, string Type, string? ProductId, string ExtraData, int Size);

/// <summary>A point or spectrum that is not sent, and why: a few words that read after "3 points: ".</summary>
public readonly record struct LeftOutValue(PointKey Key, string Reason, bool IsSpectrum = false);
