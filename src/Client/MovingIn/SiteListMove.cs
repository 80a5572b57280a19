using System.Globalization;
using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Client.MovingIn;

/// <summary>
/// Takes the lists of targets over. The Toolkit's REST lists neither the lists nor, with a target, those that it is in; but it gives the name of a list by its number, and the targets in it. So the numbers are
/// tried, from 1 until a run of them is absent.
/// </summary>
internal sealed class SiteListMove(SiteClient site, SiteList lists, IGrainFactory grains, SiteMoveOptions options, SiteMoveReport report)
{
    private const int MostAbsent = 20;
    private const int MostLists = 10_000;
    private const int NamesAtOnce = 1_000;

    /// <summary>A number that no list has: a site that gives targets for it does not know the filter.</summary>
    private const int NoList = int.MaxValue;

    public async Task RunAsync(Dictionary<long, byte[]> targets, CancellationToken cancellationToken)
    {
        if (targets.Values.Any(target => SiteEntries.HasList(target, "target_lists")))
        {
            // A TomOrleans says it with each target: they came with these.
            return;
        }

        for (var (id, absent) = (1, 0); absent < MostAbsent && id < MostLists; id++)
        {
            if (await NameAsync(id, cancellationToken) is not { } name)
            {
                absent++;
                continue;
            }

            absent = 0;
            if (report.Lists.Count == 0 && await MembersAsync(NoList, cancellationToken) is not { Count: 0 })
            {
                report.Notes.Add("the site does not say which targets are in its lists: they were not taken over");
                return;
            }

            await TakeAsync(name, await MembersAsync(id, cancellationToken) ?? [], cancellationToken);
        }
    }

    private async Task<string?> NameAsync(int id, CancellationToken cancellationToken)
    {
        var answer = await site.GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/targetlist/{id}/"), cancellationToken);
        if (answer.Status != 200)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where the site does not answer that.</summary>
    private async Task<HashSet<long>?> MembersAsync(int list, CancellationToken cancellationToken)
    {
        var members = new HashSet<long>();
        try
        {
            await foreach (var page in lists.ReadAsync("api/targets/", string.Create(CultureInfo.InvariantCulture, $"targetlist__name={list}"), cancellationToken))
            {
                members.UnionWith(page.Items.Select(entry => SiteEntries.Number(entry, "id") ?? 0));
            }
        }
        catch (RefusedException)
        {
            // A list that is not there is refused by some versions, and answered with no target by others.
            return list == NoList ? [] : null;
        }

        return members;
    }

    private async Task TakeAsync(string list, HashSet<long> members, CancellationToken cancellationToken)
    {
        report.Lists.Add(list);
        var names = report.Outcomes.Where(outcome => outcome.Fate != MovedFate.Refused && members.Contains(outcome.RemoteId)).Select(outcome => outcome.Name).ToArray();
        foreach (var some in names.Chunk(NamesAtOnce))
        {
            if (options.DryRun)
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var found = await grains.TargetDirectory().ResolveAsync([.. some]);
            await grains.TargetLists().AddAsync(list, [.. found.Where(match => match.Id is not null).Select(match => match.Id!.Value).Distinct()]);
        }
    }
}
