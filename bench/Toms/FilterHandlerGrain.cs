using Orleans.Concurrency;
using TomOrleans.Alerts;

namespace TomOrleans.Bench.Toms;

/// <summary>Looks at every point of every alert for one brighter than any sky has, and so ignores them all.</summary>
[GrainType("filter-handler"), StatelessWorker(1)]
public sealed class FilterHandlerGrain : Grain, IAlertHandler
{
    public const string Name = "filter";
    private const double BrighterThanAny = -30;
    private static readonly Verdict Filtered = Verdict.Ignored("filtered");

    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        var verdicts = new Verdict[batch.Alerts.Length];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = IsWanted(batch.Alerts[i]) ? Verdict.Handled : Filtered;
        }

        return Task.FromResult(new HandlerOutcome([.. verdicts]));
    }

    private static bool IsWanted(Alert alert)
    {
        if (alert.Report is { } report)
        {
            foreach (var point in report.Points)
            {
                if (point.Point.Brightness < BrighterThanAny)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
