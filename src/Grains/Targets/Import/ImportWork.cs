using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>The rows of one import on their way: to their targets, to their fates.</summary>
internal sealed class ImportWork
{
    /// <summary>The stream that points of files are said to come from.</summary>
    public const string Stream = "import";

    /// <summary>Points of a call at most, and of a step unless it is one call.</summary>
    private const int Batch = 5_000;

    /// <summary>Calls of a step, each to another target: the writer stores together what comes at once.</summary>
    private const int TargetsAtOnce = 250;

    private const int Tries = 5;
    private readonly PhotometryImportRequest _request;
    private readonly ReadFile _file;
    private readonly ImportTargets _targets;
    private readonly Queue<(long Target, int[] Rows)> _batches = new();
    private readonly Dictionary<long, DryLedger> _ledgers = [];
    private readonly int[] _counts = new int[Enum.GetValues<ImportFate>().Length];
    private readonly long _now;

    public ImportWork(PhotometryImportRequest request, ReadFile file, ImportTargets targets, long now)
    {
        (_request, _file, _targets, _now) = (request, file, targets, now);
        Rows = [.. file.Rows.Select(row => new ImportedRow(
            row.Line, row.Point is not null ? ImportFate.NotStored : row.IsEmpty ? ImportFate.Empty : ImportFate.Refused, row.Target, row.Reason))];
        foreach (var row in Rows)
        {
            _counts[(int)row.Fate]++;
        }
    }

    /// <summary>They get their fates in place, on the scheduler of the grain that is asked for them.</summary>
    public ImportedRow[] Rows { get; }

    public ImmutableArray<string> TargetNames { get; private set; } = [];

    /// <summary>Why nothing is stored; null when all good rows are.</summary>
    public string? Refusal => _request.DryRun ? null : Warning is not null && !_request.SkipBad ? Warning : null;

    /// <summary>For a person: that rows were or would be refused; null when none is.</summary>
    public string? Warning => _counts[(int)ImportFate.Refused] is var bad and > 0
        ? _request.SkipBad
            ? $"{bad:N0} of {Rows.Length:N0} rows cannot be read and {(_request.DryRun ? "would be" : "were")} left out."
            : $"{bad:N0} of {Rows.Length:N0} rows cannot be read{(_request.DryRun ? ": a real import would store nothing" : ", so nothing was stored")}. Mend them, or store the others all the same (--skip-bad)."
        : null;

    public int Judged => Rows.Length - _counts[(int)ImportFate.NotStored];

    public ImmutableArray<int> Fates() => [.. _counts];

    /// <summary>Finds the target of each row: the one of all rows, else by the row's name. Rows without one are refused.</summary>
    public async Task ResolveAsync(Target? target)
    {
        var names = target is null
            ? await _targets.ResolveAsync(_file.Rows.Where(row => row is { Point: not null, Target: not null }).Select(row => TomOrleans.Grains.Targets.TargetNames.Normalise(row.Target!)).ToHashSet(StringComparer.Ordinal))
            : [];
        var byTarget = new Dictionary<long, List<int>>();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Rows.Length; i++)
        {
            if (_file.Rows[i].Point is null)
            {
                continue;
            }

            var name = target?.Name ?? _file.Rows[i].Target;
            if (target?.Id is { } id || (name is not null && names.TryGetValue(TomOrleans.Grains.Targets.TargetNames.Normalise(name), out id)))
            {
                (byTarget.TryGetValue(id, out var rows) ? rows : byTarget[id] = []).Add(i);
                found.Add(name!);
            }
            else
            {
                Settle(i, ImportFate.Refused);
                Rows[i] = Rows[i] with
                {
                    Reason = name is null ? "no target is named: name its column (--map COLUMN=target), or the target of all rows (--target)" : $"there is no target named {QuotedText.Of(name)}: add it first",
                };
            }
        }

        TargetNames = [.. found];
        foreach (var (id, rows) in byTarget)
        {
            foreach (var batch in rows.Chunk(Batch))
            {
                _batches.Enqueue((id, batch));
            }
        }
    }

    /// <summary>Stores (or, in a dry run, judges) the next batches, of a target each. False when there are none. Throws what storage threw, after some tries; other batches of the step may be stored.</summary>
    public async Task<bool> StepAsync()
    {
        var step = new List<(long Target, int[] Rows)>();
        var points = 0;

        // The batches of a target follow one another, and are stored in the order of the file.
        while (step.Count < TargetsAtOnce && _batches.TryPeek(out var next) && (step.Count == 0 || (step[^1].Target != next.Target && points + next.Rows.Length <= Batch)))
        {
            step.Add(_batches.Dequeue());
            points += next.Rows.Length;
        }

        await Task.WhenAll(step.Select(batch => TakeAsync(batch.Target, batch.Rows)));
        return step.Count > 0;
    }

    private async Task TakeAsync(long target, int[] rows)
    {
        var points = rows.Select(row => _file.Rows[row].Point! with { Provenance = Provenance(Rows[row].Line) }).ToImmutableArray();
        var fates = _request.DryRun ? await JudgeAsync(target, points) : await RecordAsync(target, points);
        for (var i = 0; i < fates.Length; i++)
        {
            Settle(rows[i], FateOf(fates[i]));
        }
    }

    private void Settle(int row, ImportFate fate)
    {
        _counts[(int)Rows[row].Fate]--;
        _counts[(int)fate]++;
        Rows[row] = Rows[row] with { Fate = fate };
    }

    private async Task<ImmutableArray<PointFate>> RecordAsync(long target, ImmutableArray<PhotometryPoint> points)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _targets.RecordAsync(target, points);
            }
            catch (Exception fault) when (attempt < Tries && fault is TomException { Fault: TomFault.Unavailable } or TimeoutException or OrleansException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * Math.Pow(2, attempt)));
            }
        }
    }

    private async Task<ImmutableArray<PointFate>> JudgeAsync(long target, ImmutableArray<PhotometryPoint> points)
    {
        if (!_ledgers.TryGetValue(target, out var ledger))
        {
            _ledgers[target] = ledger = DryLedger.Of(await _targets.ReadAsync(target));
        }

        return [.. points.Select(point => ledger.Judge(PhotometryRows.ToRow(point)))];
    }

    private PointProvenance Provenance(int line) => new(new(Stream, ImportRequests.PlaceName(_request.FileName), 0, line), null, _request.By, _now);

    private static ImportFate FateOf(PointFate fate) => fate switch
    {
        PointFate.New => ImportFate.Stored,
        PointFate.Revision => ImportFate.Revised,
        PointFate.Confirmed => ImportFate.Confirmed,
        _ => ImportFate.Known,
    };
}
