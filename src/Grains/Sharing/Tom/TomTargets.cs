using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>The target there, or why the share stops.</summary>
internal readonly record struct TomTarget(long Id, SendOutcome? End, bool TakesBatches)
{
    /// <summary>It was made just now, and has no data yet.</summary>
    public bool IsNew { get; init; }

    public static TomTarget Ended(SendOutcome end) => new(0, end, false);
}

/// <summary>
/// Finds the target of a part at the other TOM, or makes it. It is asked for name by name: newer Toolkits take the joined list of names for one name, and then find no target that has an alias.
/// Older ones (up to 2.24.3) and TomOrleans take the text between two commas for a name too, so a hit counts only where a name of it is really ours: else "M31, field 2" would be M31.
/// </summary>
internal sealed class TomTargets(TomClient client, DestinationOptions options)
{
    /// <summary>Path that asks for a name, below BASE_URL.</summary>
    public static string Search(string name) => $"api/targets/?name_fuzzy={Uri.EscapeDataString(name)}";

    /// <summary>Throws <see cref="TomSilentException"/>.</summary>
    public async Task<TomTarget> FindOrMakeAsync(TomPart part, CancellationToken deadline)
    {
        var ids = new HashSet<long>();
        var names = part.Names.Select(TargetNames.Normalise).ToHashSet(StringComparer.Ordinal);
        var takesBatches = false;
        foreach (var name in part.Names)
        {
            var answer = await client.AskAsync(HttpMethod.Get, Search(name), null, deadline);
            if (answer.End is { } end)
            {
                return TomTarget.Ended(end);
            }

            if (!answer.IsSuccess || Ids(answer.Json, names) is not { } found)
            {
                return TomTarget.Ended(new SendOutcome.Refused($"The other TOM does not answer api/targets/ as a TOM does ({answer.Words}): is BASE_URL the root of a TOM?", IsOfAccount: true));
            }

            ids.UnionWith(found);
            takesBatches |= answer.TakesBatches;
        }

        return ids.Count switch
        {
            0 => await MakeAsync(part, takesBatches, deadline),
            1 when part.List => await ListAsync(part, ids.Single(), takesBatches, deadline),
            1 => new(ids.Single(), null, takesBatches),
            _ => TomTarget.Ended(new SendOutcome.Refused(
                $"Multiple targets with matching name found in destination TOM: {string.Join(", ", ids.Order())} for {string.Join(", ", part.Names)}. Merge them there, or take an alias away here.")),
        };
    }

    private async Task<TomTarget> MakeAsync(TomPart part, bool takesBatches, CancellationToken deadline)
    {
        if (!options.CreateTargets)
        {
            return TomTarget.Ended(new SendOutcome.Refused($"No matching target found: the other TOM has none called {string.Join(" or ", part.Names)}, and CREATE_TARGETS is never."));
        }

        if (!part.HasPosition)
        {
            return TomTarget.Ended(new SendOutcome.Refused($"No matching target found, and {part.Names[0]} has no coordinates, which the other TOM needs to make it."));
        }

        var answer = await client.AskAsync(HttpMethod.Post, "api/targets/", part.Creation(), deadline);
        return answer.End is { } end ? TomTarget.Ended(end)
            : answer.IsSuccess && Id(answer.Json) is { } id ? new(id, null, takesBatches) { IsNew = true }

            // It may have made the target before it failed: the next try finds it by its name.
            : answer.Status >= 500 ? TomTarget.Ended(new SendOutcome.Retry($"the other TOM failed to make the target: {answer.Words}"))
            : TomTarget.Ended(new SendOutcome.Refused($"The other TOM does not make the target {part.Names[0]}: {answer.Words}"));
    }

    private async Task<TomTarget> ListAsync(TomPart part, long id, bool takesBatches, CancellationToken deadline)
    {
        var answer = await client.AskAsync(HttpMethod.Patch, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"api/targets/{id}/"), part.Lists(), deadline);
        return answer.End is { } end ? TomTarget.Ended(end)
            : answer.IsSuccess ? new(id, null, takesBatches)
            : answer.Status >= 500 ? TomTarget.Ended(new SendOutcome.Retry($"the other TOM failed to put its target {id} on a list: {answer.Words}"))
            : TomTarget.Ended(new SendOutcome.Refused($"The other TOM does not put its target {id} on the lists {string.Join(", ", part.Target["target_lists"]!.AsArray().Select(list => $"'{(string?)list!["name"]}'"))}: {answer.Words}"));
    }

    private static List<long>? Ids(JsonElement? json, HashSet<string> names) =>
        json is { ValueKind: JsonValueKind.Object } page && page.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array
            ? [.. results.EnumerateArray().Where(target => NamesOf(target).Any(name => names.Contains(TargetNames.Normalise(name)))).Select(target => Id(target)).OfType<long>()]
            : null;

    /// <summary>Main name and aliases of a target as the other TOM answers it.</summary>
    private static ImmutableArray<string> NamesOf(JsonElement target)
    {
        if (target.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var aliases = target.TryGetProperty("aliases", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
        return [.. aliases.Where(alias => alias.ValueKind == JsonValueKind.Object).Prepend(target).Select(Name).OfType<string>()];
    }

    private static string? Name(JsonElement named) => named.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static long? Id(JsonElement? target) =>
        target is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) ? number : null;
}
