using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>What holds for rows that do not say it themselves.</summary>
internal sealed record ImportDefaults
{
    public string? Telescope { get; init; }

    public string? Instrument { get; init; }

    public string? Band { get; init; }

    /// <summary>Who measured, if neither row nor format says.</summary>
    public required string Origin { get; init; }

    /// <summary>True where <see cref="Origin"/> was asked for: then it goes before what the format tells.</summary>
    public bool IsOriginGiven { get; init; }

    public BrightnessUnit? Unit { get; init; }

    public TimeScale? TimeScale { get; init; }

    /// <summary>Columns by name (or number from 1), with their fields.</summary>
    public IReadOnlyDictionary<string, ImportField> Columns { get; init; } = new Dictionary<string, ImportField>();

    /// <summary>Light from later than this is refused [us since 1970, UTC].</summary>
    public required long LatestMicroseconds { get; init; }
}
