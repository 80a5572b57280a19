using System.Collections.Immutable;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.MovingIn;

/// <summary>Stores what arrived with a target, or tells what would become of it.</summary>
public sealed class DataArrival(ImportTargets targets, IGrainFactory grains)
{
    /// <summary>Durable when it returns; safe to repeat. One datum that storage cannot keep harms no other.</summary>
    internal async Task<MovedData> TakeAsync(ArrivingData data, ToolkitDataPage page)
    {
        var notes = data.Notes.ToList();
        var points = page.DryRun
            ? Counts(await JudgeAsync(data.Points, page.Target))
            : await StoreAsync(data.Points, async some => await targets.RecordAsync(page.Target!.Value, some), point => point.Time, notes);
        var spectra = page.DryRun
            ? Counts(data.Spectra.Select(_ => PointFate.New))
            : await StoreAsync(data.Spectra, async some => await grains.TargetSpectra(page.Target!.Value).RecordAsync(some), spectrum => spectrum.Head.Time, notes);
        return new(
            points with { Refused = points.Refused + data.RefusedPoints }, spectra with { Refused = spectra.Refused + data.RefusedSpectra }, data.Others, [.. notes.Take(MovedOutcome.MostNotes)]);
    }

    private static async Task<MovedCounts> StoreAsync<T>(List<T> data, Func<ImmutableArray<T>, Task<ImmutableArray<PointFate>>> store, Func<T, ObservationTime> timeOf, List<string> notes)
    {
        if (data.Count == 0)
        {
            return default;
        }

        try
        {
            return Counts(await store([.. data]));
        }
        catch (TomException refusal) when (refusal.Fault == TomFault.Invalid)
        {
            if (data is [var only])
            {
                notes.Add(OneLine.Of($"datum of {CanonicalTime.Format(timeOf(only).UtcMicroseconds)}: {refusal.Message}"));
                return new(0, 0, 0, 0, Refused: 1);
            }

            // Which of them it is, is found by halves.
            var half = data.Count / 2;
            return await StoreAsync(data[..half], store, timeOf, notes) + await StoreAsync(data[half..], store, timeOf, notes);
        }
    }

    private async Task<IEnumerable<PointFate>> JudgeAsync(List<PhotometryPoint> points, long? target)
    {
        var ledger = DryLedger.Of(target is { } id && points.Count > 0 ? await targets.ReadAsync(id) : []);
        return [.. points.Select(point => ledger.Judge(PhotometryRows.ToRow(point)))];
    }

    private static MovedCounts Counts(IEnumerable<PointFate> fates)
    {
        var counts = default(MovedCounts);
        foreach (var fate in fates)
        {
            counts += fate switch
            {
                PointFate.New => new(1, 0, 0, 0, 0),
                PointFate.Revision => new(0, 1, 0, 0, 0),
                PointFate.Confirmed => new(0, 0, 1, 0, 0),
                _ => new MovedCounts(0, 0, 0, 1, 0),
            };
        }

        return counts;
    }
}
