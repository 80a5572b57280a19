using System.Collections.Immutable;
using Orleans.Concurrency;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.SkyEvents;
using TomOrleans.Storage.SkyEvents;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.SkyEvents;

[GrainType("sky-events"), StatelessWorker]
public sealed class SkyEventsGrain(SkyEventTable events, TargetTable targets, SkyEventLinks links) : Grain, ISkyEventsGrain
{
    private const int MostPerPage = 1_000;
    private const int MostRelated = 50;
    private const int MostTold = 5;

    public async Task<SkyEventPage> ListAsync(SkyEventQuery query)
    {
        var (stream, topic) = TopicChoice.Of(query.Topic);
        var text = string.IsNullOrWhiteSpace(query.Text) ? null : query.Text.Trim().Replace('\0', ' ').ToLowerInvariant();
        var asked = new SkyEventListQuery(stream, topic, query.SinceMicroseconds, text, Math.Clamp(query.Limit, 0, MostPerPage), Math.Max(query.Offset, 0))
        {
            Kind = (int?)query.Kind,
            Ids = query.Target is { } target ? await links.IdsOfAsync(await TargetAsync(target)) : null,
        };
        var (total, rows) = await events.ListAsync(asked);
        return new(total, [.. rows.Select(SkyEventViews.Of)]);
    }

    public async Task<SkyEventDetail> GetAsync(string id, int? version)
    {
        var row = await FindAsync(id);
        var number = version ?? row.Latest;
        var shown = await events.VersionAsync(row.Id, number)
            ?? throw new TomException(TomFault.NotFound, $"{OneLine.Of(row.Key)} has no version {number}: it has {row.Versions}.");
        var names = await events.NamesAsync(row.Id);
        return new()
        {
            Event = SkyEventViews.Of(row),
            Version = SkyEventViews.Of(shown),
            Text = shown.Content.Body,
            Versions = [.. (await events.VersionsAsync(row.Id)).Select(SkyEventViews.Of)],
            Targets = await links.TargetsOfAsync(row, names),
            Related = await RelatedAsync(row, names),
            IsTooWide = row.Place is { } place && SkyEventLinks.IsTooWide(place),
        };
    }

    public async Task<ImmutableArray<TargetSkyEvent>> OfTargetAsync(long targetId) =>
        await targets.GetAsync([targetId]) is [var target] ? await links.EventsOfAsync(target) : [];

    private async Task<TargetRow> TargetAsync(string name)
    {
        var asked = TargetNames.Normalise(name);
        var found = asked.Contains('\0', StringComparison.Ordinal) ? [] : (await targets.ResolveAsync([asked])).Values.ToArray();
        return found.Length > 0 && await targets.GetAsync(found) is [var target]
            ? target
            : throw new TomException(TomFault.NotFound, $"There is no target '{OneLine.Of(name)}'. List them with: tom targets");
    }

    private async Task<SkyEventRow> FindAsync(string id)
    {
        if (id.Contains('\0', StringComparison.Ordinal))
        {
            throw new TomException(TomFault.Invalid, "An event's id has no NUL in it.");
        }

        if (await events.FindAsync(id.Trim()) is { } exact)
        {
            return exact;
        }

        var name = TargetNames.Normalise(id);
        for (var rank = SkyEventNameRank.Id; rank <= SkyEventNameRank.Stated && name.Length > 0; rank++)
        {
            var found = (await events.FindByNamesAsync([name], rank, MostRelated)).Select(match => match.Event).ToList();
            if (found.Count == 1)
            {
                return found[0];
            }

            if (found.Where(row => row.Kind == (int)SkyEventKind.Notice).ToList() is [var only])
            {
                return only;
            }

            if (found.Count > 1)
            {
                var some = string.Join(", ", found.Take(MostTold).Select(row => OneLine.Of(row.Key)));
                throw new TomException(TomFault.Ambiguous, $"'{OneLine.Of(id)}' is a name of several events: {some}{(found.Count > MostTold ? ", ..." : "")}. All of them: tom events --text '{OneLine.Of(id)}'");
            }
        }

        throw new TomException(TomFault.NotFound, $"There is no event '{OneLine.Of(id)}'. List them with: tom events");
    }

    /// <summary>Numbers alone are no names here: two missions count alike.</summary>
    private async Task<ImmutableArray<SkyEvent>> RelatedAsync(SkyEventRow row, IReadOnlyList<SkyEventName> names)
    {
        var shared = names.Where(name => name.Rank <= SkyEventNameRank.Stated && SubjectWords.HasLetter(name.Name)).Select(name => name.Normalised).ToArray();
        return [.. (await events.FindByNamesAsync(shared, SkyEventNameRank.Stated, MostRelated)).Where(match => match.Event.Id != row.Id).Select(match => SkyEventViews.Of(match.Event))];
    }
}
