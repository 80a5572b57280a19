using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>What a request comes to: texts with their defaults, the target, what would be sent and what not.</summary>
internal sealed record ShareDraft(ShareRequest Request, ImmutableArray<Target> Targets, SubmissionPlan Plan, ImmutableArray<LeftOutValue> LeftOut)
{
    /// <summary>For lists: <c>AT2026abc</c>, <c>AT2026abc and 3 more</c>.</summary>
    public string TargetsText => Targets.Length == 1 ? Targets[0].Name : $"{Targets[0].Name} and {Targets.Length - 1} more";
}

/// <summary>Turns requests, and shares that wait to be built, into submissions for one destination. Reads only.</summary>
internal sealed class ShareDrafter(IPhotometryDestination destination, OutboxTable outbox, ShareReader reader, IGrainFactory grains, string tomName)
{
    /// <summary>Throws <see cref="TomException"/> when nothing can come of the request.</summary>
    public async Task<ShareDraft> DraftAsync(ShareRequest request, Func<Guid> newKey)
    {
        ShareDefaults.CheckTopic(destination.Options, request.Topic);
        var targets = await FindAsync(request);
        var draft = new ShareDraft(request, targets, SubmissionPlan.Refused(""), []);
        var resolved = ShareDefaults.Resolve(request, draft.TargetsText, destination.Options, tomName) with
        {
            Target = targets[0].Name,
            MoreTargets = [.. targets.Skip(1).Select(target => target.Name)],
        };
        var points = ImmutableArray.CreateBuilder<SharedPoint>();
        var spectra = ImmutableArray.CreateBuilder<SharedSpectrum>();
        var kept = ImmutableArray.CreateBuilder<LeftOutValue>();
        var files = await FilesAsync(request, targets);
        foreach (var target in files.IsEmpty ? targets : [])
        {
            var before = await SharedBeforeAsync(request.Topic, target.Id);
            if (request.Data != ShareData.Spectra)
            {
                var all = (await grains.Target(target.Id).GetPhotometryAsync()).Select(point => SharedPoint.Of(target.Id, point));
                var (taken, left) = ShareSelection.Choose(all, request.SinceMicroseconds, request.Bands, destination.Options, request.Topic, before);
                points.AddRange(taken);
                kept.AddRange(left);
            }

            // Bandpasses are asked of points alone.
            if (request.Data == ShareData.Spectra || (request.Data == ShareData.All && request.Bands.IsEmpty))
            {
                var (taken, left) = ShareSelection.Choose(await reader.ShownSpectraAsync(target.Id), request.SinceMicroseconds, destination.Options, request.Topic, before);
                spectra.AddRange(taken);
                kept.AddRange(left);
            }
        }

        var content = ShareDefaults.Content(resolved, targets, points.ToImmutable()) with { Spectra = spectra.ToImmutable(), Files = files, IsOfTargets = IsOfTargets(resolved) };
        var plan = destination.Build(content, newKey);
        kept.AddRange(plan.LeftOut);
        var leftOut = kept.ToImmutable();
        return plan.Refusal is not null ? throw new TomException(TomFault.Invalid, $"This cannot be shared to {destination.Options.Name}: {plan.Refusal}.")
            : plan.Parts.IsEmpty ? throw new TomException(TomFault.Invalid, NothingToShare(draft.TargetsText, resolved, leftOut))
            : draft with { Request = resolved, Plan = plan, LeftOut = leftOut };
    }

    /// <summary>
    /// Makes the submissions of a queued share: the values that were queued, also where one was revised since (the revision is a share of its own), but none that was withdrawn.
    /// </summary>
    public async Task<SubmissionPlan> BuildAsync(ShareRow share, IReadOnlyList<PointKey> items)
    {
        var request = JsonSerializer.Deserialize<ShareRequest>(share.RequestJson)!;
        var targets = ImmutableArray.CreateBuilder<Target>();
        var points = new Dictionary<PointKey, SharedPoint>();
        var spectra = new Dictionary<PointKey, SharedSpectrum>();
        TomException? gone = null;
        foreach (var ofTarget in items.ToLookup(item => item.TargetId, item => item.Identity))
        {
            var id = ofTarget.Key;
            try
            {
                targets.Add(await grains.Target(id).GetAsync());
            }
            catch (TomException fault) when (fault.Fault is TomFault.NotFound or TomFault.Gone)
            {
                gone = fault;
                continue;
            }

            foreach (var point in await reader.PointsAsync(id, ofTarget))
            {
                points[point.Key] = point;
            }

            foreach (var spectrum in share.Spectra == 0 ? [] : await reader.SpectraAsync(id, [.. ofTarget]))
            {
                spectra[spectrum.Key] = spectrum;
            }
        }

        var isOfTargets = share.ContinuousId is null && IsOfTargets(request);
        foreach (var target in isOfTargets ? await StillThereAsync(request, share.TargetId) : [])
        {
            if (targets.All(other => other.Id != target.Id))
            {
                targets.Add(target);
            }
        }

        var files = share.Files == 0 ? [] : await reader.FilesAsync(share.TargetId, request.Products);
        if (files.Count < share.Files)
        {
            return SubmissionPlan.Refused("a file of it was removed here before it was sent");
        }

        if (files.Count > 0)
        {
            targets.Add(await grains.Target(share.TargetId).GetAsync());
        }

        if (targets.Count == 0)
        {
            return SubmissionPlan.Refused(gone?.Message ?? "its target is gone");
        }

        var content = ShareDefaults.Content(request, targets.ToImmutable(), [.. items.Where(points.ContainsKey).Select(item => points[item])]) with
        {
            Spectra = [.. items.Where(spectra.ContainsKey).Select(item => spectra[item])],
            Files = [.. files],
            IsContinuous = share.ContinuousId is not null,
            IsOfTargets = isOfTargets,
        };
        var plan = destination.Build(content, Guid.NewGuid);
        return plan.Refusal is null && plan.Parts.IsEmpty
            ? SubmissionPlan.Refused($"nothing was left to send: {string.Join("; ", ShareSelection.Describe(plan.LeftOut).DefaultIfEmpty("its measurements are gone"))}")
            : plan;
    }

    private async Task<SharedBefore> SharedBeforeAsync(string? topic, long target)
    {
        var name = destination.Options.Name;
        return new(
            (await outbox.SharedPointsAsync(name, topic, target)).ToHashSet(),
            (await outbox.PointsOnTheirWayAsync(name, topic, target)).ToHashSet(),
            await outbox.UnconfirmedPointsAsync(name, topic, target));
    }

    private bool IsOfTargets(ShareRequest request) => destination.TakesTargets && ShareDefaults.IsOfTargets(request);

    /// <summary>Targets of a queued request, without those that are gone since.</summary>
    /// <param name="request">With the names that they had then.</param>
    /// <param name="first">The first one, whatever it is called now.</param>
    private async Task<IReadOnlyList<Target>> StillThereAsync(ShareRequest request, long first)
    {
        var targets = new List<Target>();
        foreach (var find in request.MoreTargets.Select(name => (Func<Task<Target>>)(() => grains.TargetDirectory().FindAsync(name))).Prepend(() => grains.Target(first).GetAsync()))
        {
            try
            {
                targets.Add(await find());
            }
            catch (TomException fault) when (fault.Fault is TomFault.NotFound or TomFault.Gone)
            {
                // The rest of the share goes out without it.
            }
        }

        return targets;
    }

    /// <summary>Each target once, in the order of the request.</summary>
    private async Task<ImmutableArray<Target>> FindAsync(ShareRequest request)
    {
        var targets = new List<Target>();
        foreach (var name in request.MoreTargets.Insert(0, request.Target))
        {
            var target = await grains.TargetDirectory().FindAsync(name);
            if (!targets.Exists(other => other.Id == target.Id))
            {
                targets.Add(target);
            }
        }

        return [.. targets];
    }

    private async Task<ImmutableArray<SharedFile>> FilesAsync(ShareRequest request, ImmutableArray<Target> targets)
    {
        if (request.Products.IsEmpty)
        {
            return [];
        }

        if (!destination.TakesFiles)
        {
            throw new TomException(TomFault.Invalid, $"{destination.Options.Name} takes no files: they are shared to other TOMs alone.");
        }

        var files = (await reader.FilesAsync(targets[0].Id, request.Products)).ToImmutableArray();
        var missing = request.Products.Where(id => !files.Any(file => file.Id == id)).ToList();
        return targets.Length > 1 ? throw new TomException(TomFault.Invalid, "Files are of one target: share those of each by itself.")
            : missing.Count > 0 ? throw new TomException(TomFault.NotFound, $"{targets[0].Name} has no data product {string.Join(", ", missing)}; see: tom products {targets[0].Name}")
            : files;
    }

    private string NothingToShare(string targets, ShareRequest request, ImmutableArray<LeftOutValue> leftOut)
    {
        var where = ShareDefaults.Place(destination.Options.Name, request.Topic);
        return leftOut.IsEmpty
            ? $"{targets} has no {(request.Data switch { ShareData.Photometry => "photometry", ShareData.Spectra => "spectra", _ => "photometry or spectra" })}{(request.SinceMicroseconds is null ? "" : " since then")}{(request.Bands.IsEmpty ? "" : $" in {string.Join(", ", request.Bands)}")} to share to {where}."
            : $"Nothing of {targets} is to be shared to {where}. {string.Join("; ", ShareSelection.Describe(leftOut))}.";
    }
}
