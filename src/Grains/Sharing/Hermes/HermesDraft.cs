using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Puts rows into messages, in order: a message that would grow too large is closed and the next one begun. Each holds the targets of its own rows.
/// </summary>
internal sealed class HermesDraft(ShareContent content, Func<Guid> newKey)
{
    private readonly ImmutableArray<LeftOutPoint>.Builder _leftOut = ImmutableArray.CreateBuilder<LeftOutPoint>();
    private readonly ImmutableArray<SubmissionPart>.Builder _parts = ImmutableArray.CreateBuilder<SubmissionPart>();
    private readonly List<Target> _targets = [];
    private readonly List<HermesRow> _rows = [];
    private readonly int _envelope = HermesMessage.EnvelopeSize(content);
    private HermesOrigins _origins;
    private int _size;

    /// <summary>The points of one target come one after the other.</summary>
    public void Add(Target target, SharedPoint point)
    {
        var reason = HermesTarget.Refuse(target);
        if (reason is not null || HermesRow.Make(point, HermesTarget.Name(target), out reason) is not { } row)
        {
            _leftOut.Add(new(point, reason));
            return;
        }

        var size = row.PublishedSize() + (_targets.Contains(target) ? 0 : HermesTarget.PublishedSize(target));
        if (_rows.Count > 0 && _envelope + _size + size + _origins.With(row).PublishedSize > HermesMessage.LargestPublished)
        {
            Close();
            size = row.PublishedSize() + HermesTarget.PublishedSize(target);
        }

        if (!_targets.Contains(target))
        {
            _targets.Add(target);
        }

        _rows.Add(row);
        _origins = _origins.With(row);
        _size += size;
    }

    public SubmissionPlan Finish()
    {
        if (_rows.Count > 0)
        {
            Close();
        }

        return new(_parts.DrainToImmutable(), _leftOut.DrainToImmutable());
    }

    private void Close()
    {
        _parts.Add(HermesMessage.MakePart(content, _targets, _rows, newKey()));
        _targets.Clear();
        _rows.Clear();
        _origins = default;
        _size = 0;
    }
}
