using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.MovingIn;

/// <summary>Makes a target of another TOM here, or completes the one that has one of its names.</summary>
public sealed class TargetArrival(IGrainFactory grains)
{
    /// <summary>Farther apart than this, two places are worth a look [arcsec].</summary>
    private const double Apart = 3;

    private const int MostTries = 3;

    /// <summary>Durable when it returns; safe to repeat. Throws <see cref="TomFault.Unavailable"/>.</summary>
    public async Task<MovedTarget> TakeAsync(ToolkitTargetText text)
    {
        ArrivingTarget arriving;
        try
        {
            arriving = ArrivingTarget.Read(text.Json);
        }
        catch (JsonException fault)
        {
            return new() { RemoteId = 0, Name = "", Fate = MovedFate.Refused, Notes = [OneLine.Of($"its answer cannot be read: {fault.Message}")] };
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TakeAsync(arriving, text);
            }
            catch (TomException refusal) when (refusal.Fault is TomFault.Conflict or TomFault.Gone && attempt < MostTries)
            {
                // Somebody changed the target or took a name meanwhile: look again.
            }
            catch (TomException refusal) when (refusal.Fault is TomFault.Invalid or TomFault.Conflict or TomFault.Gone)
            {
                return Refused(arriving, refusal.Message);
            }
        }
    }

    private async Task<MovedTarget> TakeAsync(ArrivingTarget arriving, ToolkitTargetText text)
    {
        if (TargetNames.Normalise(arriving.Name).Length == 0)
        {
            return Refused(arriving, "it has no name");
        }

        var names = await grains.TargetDirectory().ResolveAsync([arriving.Name, .. arriving.Aliases]);
        var holders = names.Where(name => name.Id is not null).DistinctBy(name => name.Id).ToArray();
        if (names[0].Id is null && holders.Length > 1)
        {
            return Refused(arriving, $"its names belong to several targets here: {string.Join(", ", holders.Select(holder => $"{holder.Asked} to {holder.Name}"))}. Merge them, or take the alias from those that it does not mean, and do it again");
        }

        return holders.Length > 0 ? await CompleteAsync(names[0].Id ?? holders[0].Id!.Value, arriving, names, text.DryRun)
            : arriving.Draft is not { } draft ? Refused(arriving, $"{arriving.Fault}. Add it here by hand (tom target add) and do it again: its data are taken then")
            : text.DryRun ? Moved(arriving, MovedFate.Made, null, [])
            : Moved(arriving, MovedFate.Made, (await grains.TargetDirectory().AddAsync(draft with { IgnoresLog = text.IgnoresLog })).Id, []);
    }

    private async Task<MovedTarget> CompleteAsync(long id, ArrivingTarget arriving, ImmutableArray<TargetMatch> names, bool dryRun)
    {
        var target = await grains.Target(id).GetAsync();
        var notes = names.Where(name => name.Id is { } holder && holder != id).Select(name => $"the name {name.Asked} is that of {name.Name} here, and was left out").ToList();
        if (arriving.Draft is { } draft)
        {
            Compare(target, draft, notes);
            await AddAsync(target, draft, dryRun, notes);
        }

        if (!dryRun && names.Where(name => name.Id is null).Select(name => name.Asked).ToImmutableArray() is { IsEmpty: false } aliases)
        {
            await grains.Target(id).AddAliasesAsync(aliases);
        }

        return Moved(arriving, MovedFate.Found, id, notes);
    }

    private static void Compare(Target target, TargetDraft draft, List<string> notes)
    {
        if (target.Type != draft.Type)
        {
            notes.Add($"it is {Word(draft.Type)} there and {Word(target.Type)} here, and was left so");
        }
        else if (target is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec } && draft is { RightAscensionDegrees: { } otherRa, DeclinationDegrees: { } otherDec }
            && SkyCoordinates.SeparationDegrees(ra, dec, otherRa, otherDec) * 3600 is > Apart and var arcseconds)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"its place there is {arcseconds:0.#} arcsec from that of {target.Name} here, which was left as it is"));
        }
    }

    private async Task AddAsync(Target target, TargetDraft draft, bool dryRun, List<string> notes)
    {
        var known = target.Extras.Select(extra => extra.Key).ToHashSet(StringComparer.Ordinal);
        var edit = TargetEdit.Of(target) with { Extras = [.. target.Extras, .. draft.Extras.Where(extra => !known.Contains(extra.Key))] };
        if (target.Type == draft.Type)
        {
            edit = edit with
            {
                RightAscensionDegrees = target.RightAscensionDegrees ?? draft.RightAscensionDegrees,
                DeclinationDegrees = target.DeclinationDegrees ?? draft.DeclinationDegrees,
                Astrometry = target.Astrometry ?? draft.Astrometry,
                Elements = target.Elements ?? draft.Elements,
            };
        }

        if (dryRun)
        {
            return;
        }

        try
        {
            if (edit.Extras.Length > target.Extras.Length || edit with { Extras = target.Extras } != TargetEdit.Of(target))
            {
                await grains.Target(target.Id).EditAsync(edit);
            }

            foreach (var list in draft.Lists)
            {
                await grains.TargetLists().AddAsync(list, [target.Id]);
            }
        }
        catch (TomException refusal) when (refusal.Fault == TomFault.Invalid)
        {
            notes.Add($"not all of its fields could be taken: {refusal.Message}");
        }
    }

    private static MovedTarget Moved(ArrivingTarget arriving, MovedFate fate, long? id, IEnumerable<string> notes) =>
        new() { RemoteId = arriving.RemoteId, Name = arriving.Name, Fate = fate, Id = id, Notes = [.. notes.Select(OneLine.Of)] };

    private static MovedTarget Refused(ArrivingTarget arriving, string reason) => Moved(arriving, MovedFate.Refused, null, [reason]);

    private static string Word(TargetType type) => type == TargetType.Sidereal ? "sidereal" : "non-sidereal";
}
