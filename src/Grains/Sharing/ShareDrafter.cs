using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Grains.Targets;
using TomOrleans.Sharing;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>What a request comes to: texts with their defaults, the target, what would be sent and what not.</summary>
internal sealed record ShareDraft(ShareRequest Request, Target Target, SubmissionPlan Plan, ImmutableArray<LeftOutPoint> LeftOut);

/// <summary>Turns requests, and shares that wait to be built, into submissions for one destination. Reads only.</summary>
internal sealed class ShareDrafter(IPhotometryDestination destination, OutboxTable outbox, PhotometryTable photometry, IGrainFactory grains, string tomName)
{
    /// <summary>Throws <see cref="TomException"/> when nothing can come of the request.</summary>
    public async Task<ShareDraft> DraftAsync(ShareRequest request, Func<Guid> newKey)
    {
        CheckTopic(request.Topic);
        var target = await grains.TargetDirectory().FindAsync(request.Target);
        var resolved = request with
        {
            Target = target.Name,
            Title = request.Title ?? $"Updated data for {target.Name} from {tomName}.",
            Message = request.Message ?? "",
            Authors = request.Authors ?? destination.Options.DefaultAuthors,
            Submitter = request.Submitter ?? tomName,
        };
        var points = (await grains.Target(target.Id).GetPhotometryAsync()).Select(point => WithKey(target.Id, point));
        var delivered = await outbox.SharedPointsAsync(destination.Options.Name, request.Topic, target.Id);
        var onTheirWay = await outbox.PointsOnTheirWayAsync(destination.Options.Name, request.Topic, target.Id);
        var (taken, kept) = ShareSelection.Choose(points, request.SinceMicroseconds, request.Topic, delivered.ToHashSet(), onTheirWay.ToHashSet());
        var plan = destination.Build(Content(resolved, target, taken), newKey);
        var leftOut = kept.AddRange(plan.LeftOut);
        return plan.Refusal is not null ? throw new TomException(TomFault.Invalid, $"This cannot be shared to {destination.Options.Name}: {plan.Refusal}.")
            : plan.Parts.IsEmpty ? throw new TomException(TomFault.Invalid, NothingToShare(resolved, leftOut))
            : new(resolved, target, plan, leftOut);
    }

    /// <summary>
    /// Makes the submissions of a queued share: the values that were queued, also where one was revised since (the revision is a share of its own), but none that was withdrawn.
    /// </summary>
    public async Task<SubmissionPlan> BuildAsync(ShareRow share, IReadOnlyList<PointKey> items)
    {
        var request = JsonSerializer.Deserialize<ShareRequest>(share.RequestJson)!;
        Target target;
        try
        {
            target = await grains.Target(share.TargetId).GetAsync();
        }
        catch (TomException gone) when (gone.Fault is TomFault.NotFound or TomFault.Gone)
        {
            return SubmissionPlan.Refused(gone.Message);
        }

        var rows = (await photometry.ReadAsync(share.TargetId)).ToDictionary(row => new PointKey(share.TargetId, row.Identity, row.Content));
        var points = items.Where(rows.ContainsKey).Select(item => new SharedPoint(item, PhotometryRows.ToPoint(rows[item]))).ToImmutableArray();
        var plan = destination.Build(Content(request, target, points), Guid.NewGuid);
        return plan.Refusal is null && plan.Parts.IsEmpty
            ? SubmissionPlan.Refused($"nothing was left to send: {string.Join("; ", ShareSelection.Describe(plan.LeftOut).DefaultIfEmpty("its points are gone"))}")
            : plan;
    }

    private static SharedPoint WithKey(long targetId, PhotometryPoint point) =>
        new(new(targetId, PhotometryIdentity.Identity(point), PhotometryIdentity.Content(point)), point);

    private static ShareContent Content(ShareRequest resolved, Target target, ImmutableArray<SharedPoint> points) => new()
    {
        Target = target,
        Topic = resolved.Topic,
        Title = resolved.Title!,
        Message = resolved.Message!,
        Authors = resolved.Authors!,
        Submitter = resolved.Submitter!,
        Points = points,
    };

    private void CheckTopic(string? topic)
    {
        var options = destination.Options;
        if (topic is null)
        {
            var example = options.UserTopics is [var first, ..] ? first : "TOPIC";
            throw new TomException(TomFault.Invalid, $"{options.Name} needs a topic to publish on: {options.Name}:{example}");
        }

        if (!options.UserTopics.IsEmpty && !options.UserTopics.Contains(topic))
        {
            throw new TomException(TomFault.Invalid, $"'{OneLine.Of(topic)}' is none of the USER_TOPICS of {options.Name}: {string.Join(", ", options.UserTopics)}.");
        }
    }

    private string NothingToShare(ShareRequest request, ImmutableArray<LeftOutPoint> leftOut)
    {
        var where = $"{destination.Options.Name}:{request.Topic}";
        return leftOut.IsEmpty
            ? $"{request.Target} has no photometry{(request.SinceMicroseconds is null ? "" : " since then")} to share to {where}."
            : $"Nothing of {request.Target} is to be shared to {where}. {string.Join("; ", ShareSelection.Describe(leftOut))}.";
    }
}
