using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Puts rows into messages, in order: a message that would grow too large is closed and the next one begun. Each holds the targets of its own rows.
/// </summary>
internal sealed class HermesDraft(ShareContent content, HermesDialect dialect, Func<Guid> newKey)
{
    private readonly ImmutableArray<LeftOutPoint>.Builder _leftOut = ImmutableArray.CreateBuilder<LeftOutPoint>();
    private readonly ImmutableArray<SubmissionPart>.Builder _parts = ImmutableArray.CreateBuilder<SubmissionPart>();
    private readonly List<Target> _targets = [];
    private readonly List<HermesRow> _rows = [];
    private readonly int _envelope = HermesMessage.EnvelopeSize(content);
    private int _size;

    /// <summary>The points of one target come one after the other.</summary>
    public void Add(Target target, SharedPoint point)
    {
        var reason = HermesTarget.Refuse(target);
        ImmutableArray<HermesRow> rows = reason is null ? HermesRow.MakeAll(point, HermesTarget.Name(target), dialect, out reason) : [];
        if (rows.IsEmpty)
        {
            _leftOut.Add(new(point, reason));
            return;
        }

        var size = rows.Sum(row => row.PublishedSize());
        if (_rows.Count > 0 && _envelope + _size + size + (_targets.Contains(target) ? 0 : HermesTarget.PublishedSize(target)) > HermesMessage.LargestPublished)
        {
            Close();
        }

        if (!_targets.Contains(target))
        {
            _targets.Add(target);
            size += HermesTarget.PublishedSize(target);
        }

        _rows.AddRange(rows);
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
        _size = 0;
    }
}
