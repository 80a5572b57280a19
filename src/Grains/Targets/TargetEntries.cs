using System.Collections.Immutable;
using TomOrleans.Storage.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>From what callers give to what is stored.</summary>
internal static class TargetEntries
{
    public static TargetNameEntry Name(string given) => new(given.Trim(), TargetNames.Normalise(given));

    /// <summary>Case and blanks at the ends do not count.</summary>
    public static TargetNameEntry List(string given) => new(given.Trim(), NormaliseList(given));

    public static string NormaliseList(string given) => given.Trim().ToLowerInvariant();

    public static NewTarget Of(TargetDraft draft, string by, long at) => new(
        [.. TargetRules.OrEmpty(draft.Aliases).Prepend(draft.Name).Select(Name).DistinctBy(name => name.Normalised)],
        draft.RightAscensionDegrees,
        draft.DeclinationDegrees,
        by,
        at)
    {
        Type = (int)draft.Type,
        Details = TargetDetails.ToJson(draft.Astrometry, draft.Elements),
        Extras = Extras(draft.Extras),
        SearchesLog = !draft.IgnoresLog,
        Lists = [.. TargetRules.OrEmpty(draft.Lists).Select(List).DistinctBy(list => list.Normalised)],
    };

    public static TargetChange Of(TargetEdit edit, string by, long at) => new(Name(edit.Name), edit.RightAscensionDegrees, edit.DeclinationDegrees, by, at)
    {
        Type = (int)edit.Type,
        Details = TargetDetails.ToJson(edit.Astrometry, edit.Elements),
        Extras = Extras(edit.Extras),
        IfModifiedMicroseconds = edit.IfModifiedMicroseconds,
    };

    public static TargetRevision Of(TargetAmendment amendment, string by, long at) => new(by, at)
    {
        Change = amendment.Edit is { } edit ? Of(edit, by, at) : null,
        RenamedAliases = [.. TargetRules.OrEmpty(amendment.RenamedAliases).Select(alias => (Name(alias.Before), Name(alias.After)))],
        AddedAliases = [.. TargetRules.OrEmpty(amendment.AddedAliases).Select(Name)],
        Lists = [.. TargetRules.OrEmpty(amendment.Lists).Select(List).DistinctBy(list => list.Normalised)],
    };

    private static ExtraRow[] Extras(ImmutableArray<TargetExtra> extras) => [.. TargetRules.OrEmpty(extras).Select(extra => new ExtraRow(extra.Key, extra.Value))];
}
