using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>From target rows to what callers see.</summary>
public static class TargetViews
{
    /// <summary>For how long a merge or removal can be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(30);

    public static Target Of(TargetRow row, IReadOnlyDictionary<long, PhotometryRow> latest)
    {
        var details = TargetDetails.OfJson(row.Details);
        return new()
        {
            Id = row.Id,
            Name = row.Name,
            Aliases = [.. row.Aliases],
            AliasOrdinals = [.. row.AliasOrdinals],
            RightAscensionDegrees = row.RightAscension,
            DeclinationDegrees = row.Declination,
            Type = (TargetType)row.Type,
            Astrometry = details.Astrometry,
            Elements = details.Elements,
            Extras = [.. row.Extras.Select(extra => new TargetExtra(extra.Key, extra.Value, extra.Ordinal))],
            Lists = [.. row.Lists.Select(list => new TargetListName(list.Id, list.Name))],
            CreatedMicroseconds = row.CreatedMicroseconds,
            CreatedBy = row.CreatedBy,
            ModifiedMicroseconds = row.ModifiedMicroseconds,
            ModifiedBy = row.ModifiedBy,
            Points = row.Points,
            LatestMicroseconds = row.LastMicroseconds,
            Latest = latest.TryGetValue(row.Id, out var point) ? PhotometryRows.ToPoint(point, otherRevisions: 0) : null,
        };
    }

    public static TargetUndo Of(TargetUndoRow row) => new()
    {
        Id = row.Id,
        Kind = row.IsMerge ? TargetUndoKind.Merge : TargetUndoKind.Remove,
        TargetId = row.TargetId,
        Name = row.Name,
        IntoId = row.IntoId,
        IntoName = row.IntoName,
        Points = row.Points,
        AtMicroseconds = row.AtMicroseconds,
        By = row.By,
        UntilMicroseconds = row.AtMicroseconds + (UndoTime.Ticks / TimeSpan.TicksPerMicrosecond),
    };

    public static TargetList Of(TargetListRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Targets = row.Targets,
        CreatedMicroseconds = row.CreatedMicroseconds,
        CreatedBy = row.CreatedBy,
    };
}
