using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Puts rows into messages, in order: a message that would grow too large is closed and the next one begun. Each holds the targets of its own rows.
/// </summary>
internal sealed class HermesDraft(ShareContent content, HermesDialect dialect, Func<Guid> newKey)
{
    private readonly ImmutableArray<LeftOutValue>.Builder _leftOut = ImmutableArray.CreateBuilder<LeftOutValue>();
    private readonly ImmutableArray<SubmissionPart>.Builder _parts = ImmutableArray.CreateBuilder<SubmissionPart>();
    private readonly List<Target> _targets = [];
    private readonly List<HermesRow> _rows = [];
    private readonly List<HermesSpectrum> _spectra = [];
    private readonly int _envelope = HermesMessage.EnvelopeSize(content);
    private HermesOrigins _origins;
    private int _size;

    private bool IsEmpty => _rows.Count == 0 && _spectra.Count == 0;

    /// <summary>The points of one target come one after the other.</summary>
    public void Add(Target target, SharedPoint point)
    {
        var reason = HermesTarget.Refuse(target);
        ImmutableArray<HermesRow> rows = reason is null ? HermesRow.MakeAll(point, HermesTarget.Name(target), dialect, out reason) : [];
        if (rows.IsEmpty)
        {
            _leftOut.Add(new(point.Key, reason));
            return;
        }

        MakeRoom(target, rows.Sum(row => row.PublishedSize()), rows);
        _rows.AddRange(rows);
        _origins = With(_origins, rows);
    }

    /// <summary>A spectrum stays whole.</summary>
    public void Add(Target target, SharedSpectrum shared)
    {
        var reason = HermesTarget.Refuse(target);
        if (reason is not null || HermesSpectrum.Make(shared, HermesTarget.Name(target), dialect, out reason) is not { } spectrum)
        {
            _leftOut.Add(new(shared.Key, reason, IsSpectrum: true));
            return;
        }

        MakeRoom(target, spectrum.PublishedSize, []);
        _spectra.Add(spectrum);
    }

    public SubmissionPlan Finish()
    {
        if (!IsEmpty)
        {
            Close();
        }

        return new(_parts.DrainToImmutable(), _leftOut.DrainToImmutable());
    }

    private static HermesOrigins With(HermesOrigins origins, ImmutableArray<HermesRow> rows) => rows.Aggregate(origins, (sum, row) => sum.With(row));

    /// <summary>For so many bytes of a target in the present message, or in a new one.</summary>
    private void MakeRoom(Target target, int size, ImmutableArray<HermesRow> rows)
    {
        var targetSize = HermesTarget.PublishedSize(target);
        var newTarget = _targets.Contains(target) ? 0 : targetSize;
        if (!IsEmpty && _envelope + _size + size + newTarget + With(_origins, rows).PublishedSize > HermesMessage.LargestPublished)
        {
            Close();
        }

        if (!_targets.Contains(target))
        {
            _targets.Add(target);
            size += targetSize;
        }

        _size += size;
    }

    private void Close()
    {
        _parts.Add(HermesMessage.MakePart(content, _targets, _rows, _spectra, newKey()));
        _targets.Clear();
        _rows.Clear();
        _spectra.Clear();
        _origins = default;
        _size = 0;
    }
}
