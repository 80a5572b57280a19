using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

internal enum ShadowFate
{
    New,
    Revision,
    Known,

    /// <summary>Known by this very message, which stood elsewhere then.</summary>
    Repeat,
}

/// <summary>What is, and what would be, known of a target's points.</summary>
internal sealed class ShadowTargetState
{
    private readonly Dictionary<long, List<Known>> _points = [];

    private ShadowTargetState(long id, string name, bool isNew) => (Id, Name, IsNew) = (id, name, isNew);

    /// <summary>0 for one that would be made.</summary>
    public long Id { get; }

    public string Name { get; }

    public bool IsNew { get; }

    public static ShadowTargetState New(string name) => new(0, name.Trim(), isNew: true);

    public static ShadowTargetState Of(TargetRow target, IEnumerable<PhotometryRow> rows)
    {
        var state = new ShadowTargetState(target.Id, target.Name, isNew: false);
        foreach (var row in rows)
        {
            state.Record(row);
        }

        return state;
    }

    /// <summary>What would become of a point; from now on it counts as known.</summary>
    public ShadowFate Record(PhotometryRow row)
    {
        if (!_points.TryGetValue(row.Identity, out var contents))
        {
            _points[row.Identity] = [Known.Of(row)];
            return ShadowFate.New;
        }

        foreach (var known in contents)
        {
            if (known.Content == row.Content)
            {
                return known.IsRepeatedBy(row.Source) ? ShadowFate.Repeat : ShadowFate.Known;
            }
        }

        if (row.IsSecondHand && !contents.Exists(known => known.Sender is { } sender && sender == row.Source?.Sender))
        {
            return ShadowFate.Known;
        }

        contents.Add(Known.Of(row));
        return ShadowFate.Revision;
    }

    private readonly record struct Known(long Content, Guid? MessageId, int Partition, long Offset, string? Sender)
    {
        public static Known Of(PhotometryRow row) => new(row.Content, row.Source?.MessageId, row.Source?.Partition ?? -1, row.Source?.Offset ?? -1, row.Source?.Sender);

        public bool IsRepeatedBy(MessageSource? source) =>
            source is { MessageId: { } id } && id == MessageId && (source.Partition, source.Offset) != (Partition, Offset);
    }
}
