using Orleans.Concurrency;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

[GrainType("target-directory"), StatelessWorker]
public sealed class TargetDirectoryGrain(TargetTable targets, PhotometryTable photometry) : Grain, ITargetDirectoryGrain
{
    private const int MostPerPage = 1_000;
    private const int Suggestions = 5;

    public async Task<Target> FindAsync(string name)
    {
        var normalised = TargetNames.Normalise(name);
        if (normalised.Length > 0 && (await targets.ResolveAsync([normalised])).TryGetValue(normalised, out var id))
        {
            var rows = await targets.GetAsync([id]);
            return TargetViews.Of(rows[0], await photometry.LatestAsync([id]));
        }

        throw new TomException(TomFault.NotFound, $"There is no target named '{OneLine.Of(name)}'.{await SuggestAsync(normalised)}");
    }

    public async Task<TargetPage> ListAsync(TargetQuery query)
    {
        var limit = Math.Clamp(query.Limit, 0, MostPerPage);
        IReadOnlyCollection<long>? inCone = null;
        if (query.Cone is { } cone)
        {
            Check(cone);
            inCone = [.. (await targets.FindInConeAsync(cone.RightAscensionDegrees, cone.DeclinationDegrees, cone.RadiusDegrees)).Select(hit => hit.Id)];
        }

        var text = query.Text is { } given ? TargetNames.Normalise(given) : null;
        var (total, rows) = await targets.ListAsync(new(text, inCone, query.LatestFirst, limit, Math.Max(query.Offset, 0)));
        var latest = await photometry.LatestAsync([.. rows.Select(row => row.Id)]);
        return new(total, [.. rows.Select(row => TargetViews.Of(row, latest))]);
    }

    private static void Check(Cone cone)
    {
        if (!double.IsFinite(cone.RightAscensionDegrees) || cone.DeclinationDegrees is not (>= -90 and <= 90) || cone.RadiusDegrees is not (> 0 and <= 180))
        {
            throw new TomException(TomFault.Invalid, "A cone needs a finite right ascension, a declination of -90 to 90 and a radius above 0 up to 180, all in degrees.");
        }
    }

    private async Task<string> SuggestAsync(string normalised)
    {
        if (normalised.Length < 3)
        {
            return " List them with: tom targets";
        }

        var (_, rows) = await targets.ListAsync(new(normalised[..Math.Max(3, normalised.Length - 2)], null, LatestFirst: false, Suggestions, 0));
        return rows.Count == 0 ? " List them with: tom targets" : $" Close to it: {string.Join(", ", rows.Select(row => row.Name))}.";
    }
}
