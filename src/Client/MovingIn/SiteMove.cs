using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using TomOrleans.Targets;

namespace TomOrleans.Client.MovingIn;

/// <summary>
/// Takes another TOM over, target by target: the target, then its data, then the note that it is done. What is cut off in between is done once more, which makes and stores nothing twice.
/// </summary>
internal sealed class SiteMove(SiteClient site, SiteList lists, IGrainFactory grains, SiteMoveOptions options, TimeProvider time)
{
    private const int MostListings = 3;

    private readonly Patience _patience = new(time);
    private readonly Dictionary<long, string> _takenAs = [];

    public SiteMoveReport Report { get; } = new();

    private IMovingInGrain Grain => grains.MovingIn(site.Root.ToString());

    /// <summary>Throws <see cref="RefusedException"/> for what the site does not give; what is done by then stays done.</summary>
    /// <param name="tell">Is told how much is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async Task RunAsync(Action<double> tell, CancellationToken cancellationToken)
    {
        var targets = await TargetsAsync(cancellationToken);
        Report.Total = targets.Count;
        var alike = await AlikeAsync(targets, cancellationToken);
        var done = await BeginAsync();
        foreach (var (id, json) in targets.OrderBy(target => target.Key))
        {
            if (!done.Contains(id))
            {
                var outcome = alike.TryGetValue(id, out var others) ? Refused(id, json, others) : await TakeAsync(id, json, cancellationToken);
                if (!options.DryRun)
                {
                    await _patience.WithAsync(() => Grain.EndTargetAsync(outcome), cancellationToken);
                }

                Report.Outcomes.Add(outcome);
            }

            tell((double)Report.Outcomes.Count / Report.Total);
        }

        await new SiteListMove(site, lists, grains, options, Report).RunAsync(targets, cancellationToken);
        if (!options.DryRun)
        {
            await _patience.WithAsync(Grain.EndAsync, cancellationToken);
        }
    }

    private async Task<HashSet<long>> BeginAsync()
    {
        if (options.DryRun)
        {
            return [];
        }

        var state = await Grain.BeginAsync(options.Anew);
        Report.Outcomes.AddRange(state.Done);
        Report.Before = state.Done.Length;
        return [.. state.Done.Select(outcome => outcome.RemoteId)];
    }

    /// <summary>All of them, before anything is done: a list that is read slowly shifts under the reader.</summary>
    private async Task<Dictionary<long, byte[]>> TargetsAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = new Dictionary<long, byte[]>();
            var (count, nameless) = (0L, 0);
            await foreach (var page in lists.ReadAsync("api/targets/", "", cancellationToken))
            {
                count = page.Count;
                foreach (var entry in page.Items)
                {
                    if (SiteEntries.Number(entry, "id") is { } id)
                    {
                        found[id] = entry;
                    }
                    else
                    {
                        nameless++;
                    }
                }
            }

            if (found.Count + nameless < count && attempt < MostListings)
            {
                continue;
            }

            if (found.Count == 0 && !site.HasLogin)
            {
                throw new RefusedException($"{site.Root} shows no target to strangers: give --user");
            }

            if (found.Count < count)
            {
                Report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"the site says that it has {count} targets, and lists {found.Count}"));
            }

            return found;
        }
    }

    /// <summary>Targets of the site whose names would be one name here, with the names of the others: which data are whose afterwards, nobody could say.</summary>
    private async Task<Dictionary<long, string>> AlikeAsync(Dictionary<long, byte[]> targets, CancellationToken cancellationToken)
    {
        var ids = targets.Keys.Order().ToArray();
        var names = ids.Select(id => SiteEntries.Text(targets[id], "name")).ToImmutableArray();
        var first = await _patience.WithAsync(() => Grain.FindAlikeAsync(names), cancellationToken);
        return Enumerable.Range(0, ids.Length).GroupBy(i => first[i]).Where(group => group.Count() > 1)
            .SelectMany(group => group.Select(i => (Id: ids[i], Others: string.Join(", ", group.Where(other => other != i).Select(other => $"{names[other]} (id {ids[other].ToString(CultureInfo.InvariantCulture)})")))))
            .ToDictionary(target => target.Id, target => target.Others);
    }

    private static MovedOutcome Refused(long id, byte[] json, string others) => new()
    {
        RemoteId = id,
        Name = SiteEntries.Text(json, "name"),
        Fate = MovedFate.Refused,
        Notes = [$"its name is taken for the same as that of {others}: case, blanks, - _ and brackets do not count in names. Rename one of them at the site, or merge them there, and do it again"],
    };

    private async Task<MovedOutcome> TakeAsync(long id, byte[] json, CancellationToken cancellationToken)
    {
        var target = await _patience.WithAsync(() => Grain.TakeTargetAsync(new(json, options.IgnoresLog, options.DryRun)), cancellationToken);
        var outcome = new MovedOutcome { RemoteId = id, Name = target.Name, Fate = target.Fate, Notes = target.Notes };
        if (target.Fate == MovedFate.Refused)
        {
            return outcome;
        }

        if (target.Id is { } here && !_takenAs.TryAdd(here, target.Name))
        {
            outcome = With(outcome, $"it is the same target here as {_takenAs[here]} of the site: their names are taken for one, and so are their data");
        }

        // A list that changes while it is read may pass entries over: what its count misses is looked for once more.
        var (seen, count) = (new HashSet<UInt128>(), 0L);
        for (var attempt = 1; attempt == 1 || (attempt == 2 && seen.Count < count); attempt++)
        {
            (outcome, count) = await DataAsync(outcome, target.Id, seen, cancellationToken);
        }

        return seen.Count >= count ? outcome : With(outcome, $"the site says that it has {count:N0} data of it, and lists {seen.Count:N0} that differ");
    }

    private async Task<(MovedOutcome Outcome, long Count)> DataAsync(MovedOutcome outcome, long? here, HashSet<UInt128> seen, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var page in lists.ReadAsync("api/reduceddatums/", $"target__id={outcome.RemoteId.ToString(CultureInfo.InvariantCulture)}", cancellationToken))
        {
            count = page.Count;
            if (page.Items.Any(entry => SiteEntries.Number(entry, "target") is { } target && target != outcome.RemoteId))
            {
                throw new RefusedException($"{site.Root}api/reduceddatums/ answers data of other targets when it is asked for those of one (target__id): nobody can say whose they are");
            }

            var fresh = page.Items.Where(entry => seen.Add(Digest(entry))).ToList();
            if (fresh.Count > 0)
            {
                var request = new ToolkitDataPage { RemoteTarget = outcome.RemoteId, Target = here, Json = SiteEntries.Join(fresh), Origin = options.Origin, DryRun = options.DryRun };
                var data = await _patience.WithAsync(() => Grain.TakeDataAsync(request), cancellationToken);
                outcome = outcome with
                {
                    Points = outcome.Points + data.Points,
                    Spectra = outcome.Spectra + data.Spectra,
                    Others = outcome.Others + data.Others,
                    Notes = Bounded(outcome.Notes.AddRange(data.Notes)),
                };
            }
        }

        return (outcome, count);
    }

    private static UInt128 Digest(byte[] entry) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(entry));

    private static MovedOutcome With(MovedOutcome outcome, string note) => outcome with { Notes = Bounded(outcome.Notes.Insert(0, note)) };

    private static ImmutableArray<string> Bounded(ImmutableArray<string> notes) => [.. notes.Distinct().Take(MovedOutcome.MostNotes)];
}
