using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Alerts;

/// <summary>What a message says about targets and their photometry, whatever the wire format it came in.</summary>
[GenerateSerializer, Immutable, Alias("tom.photometry-report")]
public sealed record PhotometryReport
{
    [Id(0)] public string? Title { get; init; }

    /// <summary>Free text of the message body; not proof of origin (that is <see cref="Alert.Sender"/>).</summary>
    [Id(1)] public string? Submitter { get; init; }

    /// <summary>The submission key a TomOrleans wrote into <c>data.extra_data</c>; null in messages of others.</summary>
    [Id(2)] public Guid? SubmissionKey { get; init; }

    [Id(3)] public ImmutableArray<ReportedTarget> Targets { get; init; } = [];

    /// <summary>The rows that could be read for certain.</summary>
    [Id(4)] public ImmutableArray<ReportedPoint> Points { get; init; } = [];

    /// <summary>The rows that could not. One is enough to park the message; the good rows are stored all the same.</summary>
    [Id(5)] public ImmutableArray<RowFault> Faults { get; init; } = [];

    /// <summary>The spectra that could be read for certain; those that could not are among <see cref="Faults"/>.</summary>
    [Id(6)] public ImmutableArray<ReportedSpectrum> Spectra { get; init; } = [];
}

/// <summary>A row of the message's target table.</summary>
[GenerateSerializer, Immutable, Alias("tom.reported-target")]
public sealed record ReportedTarget
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>Right ascension [deg, ICRS]; null when the row has none or it could not be read.</summary>
    [Id(1)] public double? RightAscensionDegrees { get; init; }

    /// <summary>Declination [deg, ICRS]; null when the row has none or it could not be read.</summary>
    [Id(2)] public double? DeclinationDegrees { get; init; }

    [Id(3)] public ImmutableArray<string> Aliases { get; init; } = [];
}

/// <summary>A photometry row together with the target name it was stated for.</summary>
[GenerateSerializer, Immutable, Alias("tom.reported-point")]
public readonly record struct ReportedPoint([property: Id(0)] string TargetName, [property: Id(1)] PhotometryPoint Point);

/// <summary>A spectroscopy row together with the target name it was stated for.</summary>
[GenerateSerializer, Immutable, Alias("tom.reported-spectrum")]
public sealed record ReportedSpectrum([property: Id(0)] string TargetName, [property: Id(1)] Spectrum Spectrum);

/// <summary>A row that could not be read for certain: where it stands (<c>data.photometry[3]</c>) and why it was refused.</summary>
[GenerateSerializer, Immutable, Alias("tom.row-fault")]
public readonly record struct RowFault([property: Id(0)] string Path, [property: Id(1)] string Reason)
{
    public override string ToString() => $"{Path}: {Reason}";
}
