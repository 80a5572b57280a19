using System.Collections.Immutable;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>All that a destination needs to make submissions. Texts are final: no defaults are applied behind it.</summary>
public sealed record ShareContent
{
    /// <summary>At least one; each point's key names the one it is of.</summary>
    public required ImmutableArray<Target> Targets { get; init; }

    /// <summary>The first one; the only one for destinations that take one at a time.</summary>
    public Target Target => Targets[0];

    public string? Topic { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public required string Authors { get; init; }
    public required string Submitter { get; init; }
    public required ImmutableArray<SharedPoint> Points { get; init; }
    public ImmutableArray<SharedSpectrum> Spectra { get; init; } = [];

    /// <summary>All of the first target.</summary>
    public ImmutableArray<SharedFile> Files { get; init; } = [];

    /// <summary>Lists whose targets are shared; a destination that has lists puts those that are in them on its own.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>Targets are shared also where none of the data is of them.</summary>
    public bool IsOfTargets { get; init; }

    /// <summary>True for a share that a standing order made.</summary>
    public bool IsContinuous { get; init; }
}

/// <summary>One request to the destination: its exact bytes under the key that travels inside them.</summary>
public sealed record SubmissionPart(Guid Key, byte[] Body, ImmutableArray<PointKey> Points)
{
    public ImmutableArray<PointKey> Spectra { get; init; } = [];

    /// <summary>It is the upload of a file.</summary>
    public bool IsFile { get; init; }
}

/// <summary>What would be sent, and what not.</summary>
/// <param name="Parts">Requests in order; empty when <paramref name="Refusal"/> is set or everything was left out.</param>
/// <param name="LeftOut">What the destination cannot take.</param>
/// <param name="Refusal">Why nothing of this can be sent at all; null when it can.</param>
public sealed record SubmissionPlan(ImmutableArray<SubmissionPart> Parts, ImmutableArray<LeftOutValue> LeftOut, string? Refusal = null)
{
    public static SubmissionPlan Refused(string reason) => new([], [], reason);

    public int PointCount => Parts.Sum(part => part.Points.Length);

    public int FileCount => Parts.Count(part => part.IsFile);

    public int SpectrumCount => Parts.Sum(part => part.Spectra.Length);
}
