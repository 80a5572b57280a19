using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>From target rows to what callers see.</summary>
public static class TargetViews
{
    public static Target Of(TargetRow row, IReadOnlyDictionary<long, PhotometryRow> latest) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Aliases = [.. row.Aliases],
        RightAscensionDegrees = row.RightAscension,
        DeclinationDegrees = row.Declination,
        CreatedMicroseconds = row.CreatedMicroseconds,
        CreatedBy = row.CreatedBy,
        Points = row.Points,
        LatestMicroseconds = row.LastMicroseconds,
        Latest = latest.TryGetValue(row.Id, out var point) ? PhotometryRows.ToPoint(point, otherRevisions: 0) : null,
    };
}
