using System.Collections.Immutable;
using TomOrleans.Grains.Targets;
using TomOrleans.SkyEvents;
using TomOrleans.Storage.SkyEvents;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.SkyEvents;

/// <summary>
/// Which targets an event has to do with, and which events a target: by a name or alias, or by a place within the error circle. Nothing of it is stored: a target that is added, renamed or merged
/// is linked with events of long ago at once.
/// </summary>
public sealed class SkyEventLinks(SkyEventTable events, TargetTable targets)
{
    private const int MostTargets = 50;
    private const int MostEvents = 200;

    /// <summary>By name first, then the nearest.</summary>
    public async Task<ImmutableArray<SkyEventTarget>> TargetsOfAsync(SkyEventRow row, IReadOnlyList<SkyEventName> names)
    {
        // The better a name's rank the rather it is told: of several names the first one counts.
        var byName = names.Where(name => SubjectWords.HasLetter(name.Name)).DistinctBy(name => name.Normalised).ToDictionary(name => name.Normalised, StringComparer.Ordinal);
        var named = (await targets.ResolveAsync(byName.Keys)).Select(pair => (Id: pair.Value, Name: byName[pair.Key]))
            .OrderBy(match => match.Name.Rank).ThenBy(match => match.Name.Name.Length).DistinctBy(match => match.Id).ToDictionary(match => match.Id, match => match.Name.Name);
        var near = row.Place is { } place && !IsTooWide(place)
            ? (await targets.FindInConeAsync(place.RightAscension, place.Declination, Math.Max(place.ErrorDegrees ?? 0, SkyEventWriting.NarrowestLink)))
                .Take(MostTargets).ToDictionary(found => found.Id, found => found.SeparationDegrees)
            : [];
        var known = (await targets.GetAsync([.. named.Keys.Union(near.Keys)])).ToDictionary(target => target.Id, target => target.Name);
        return
        [
            .. named.Keys.Concat(near.OrderBy(found => found.Value).Select(found => found.Key)).Distinct().Where(known.ContainsKey).Take(MostTargets)
                .Select(id => new SkyEventTarget(known[id], named.GetValueOrDefault(id), near.TryGetValue(id, out var separation) ? separation : null)),
        ];
    }

    /// <summary>Newest first.</summary>
    public async Task<ImmutableArray<TargetSkyEvent>> EventsOfAsync(TargetRow target) => [.. (await LinksOfAsync(target)).Select(entry => entry.Value)];

    /// <summary>The rows of <see cref="EventsOfAsync"/>.</summary>
    public async Task<IReadOnlyCollection<long>> IdsOfAsync(TargetRow target) => [.. (await LinksOfAsync(target)).Select(entry => entry.Key)];

    private async Task<IEnumerable<KeyValuePair<long, TargetSkyEvent>>> LinksOfAsync(TargetRow target)
    {
        var names = target.Aliases.Prepend(target.Name).Where(SubjectWords.HasLetter).Select(TargetNames.Normalise).Where(name => name.Length > 0).Distinct().ToArray();
        var found = new Dictionary<long, TargetSkyEvent>();
        foreach (var (row, name) in await events.FindByNamesAsync(names, SkyEventNameRank.Words, MostEvents))
        {
            found.TryAdd(row.Id, new(SkyEventViews.Of(row), name, null));
        }

        if (target is { RightAscension: { } ra, Declination: { } dec })
        {
            foreach (var (row, separation) in await events.FindAroundAsync(ra, dec, MostEvents))
            {
                found[row.Id] = found.TryGetValue(row.Id, out var named) ? named with { SeparationDegrees = separation } : new(SkyEventViews.Of(row), null, separation);
            }
        }

        return found.OrderByDescending(entry => entry.Value.Event.LastMicroseconds).Take(MostEvents);
    }

    public static bool IsTooWide(SkyEventPlace place) => place.ErrorDegrees > SkyEventWriting.WidestLink;
}
