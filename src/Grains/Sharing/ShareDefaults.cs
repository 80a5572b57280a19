using System.Collections.Immutable;
using TomOrleans.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing;

/// <summary>What a request leaves open, and what it must not. Pure.</summary>
internal static class ShareDefaults
{
    /// <summary>The request with all its texts.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="targets">Its targets in words.</param>
    /// <param name="options">The destination.</param>
    /// <param name="tomName">TOM_NAME.</param>
    public static ShareRequest Resolve(ShareRequest request, string targets, DestinationOptions options, string tomName) => request with
    {
        Title = request.Title ?? $"Updated data for {targets} from {tomName}.",
        Message = request.Message ?? "",
        Authors = request.Authors ?? options.DefaultAuthors,
        Submitter = request.Submitter ?? tomName,
    };

    public static ShareContent Content(ShareRequest resolved, ImmutableArray<Target> targets, ImmutableArray<SharedPoint> points) => new()
    {
        Targets = targets,
        Topic = resolved.Topic,
        Title = resolved.Title!,
        Message = resolved.Message!,
        Authors = resolved.Authors!,
        Submitter = resolved.Submitter!,
        Points = points,
        Lists = resolved.Lists.IsDefault ? [] : resolved.Lists,
    };

    /// <summary>Whether the targets themselves are asked for: nothing is picked out of their data, and no file.</summary>
    public static bool IsOfTargets(ShareRequest request) =>
        request is { SinceMicroseconds: null, Data: ShareData.All } && request.Bands.IsDefaultOrEmpty && request.Products.IsDefaultOrEmpty;

    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.Invalid"/>) for a topic that the destination does not take, or lacks.</summary>
    public static void CheckTopic(DestinationOptions options, string? topic)
    {
        if (!options.HasTopics)
        {
            if (topic is not null)
            {
                throw new TomException(TomFault.Invalid, $"{options.Name} is another TOM and has no topics: share to {options.Name} alone.");
            }

            return;
        }

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

    /// <summary><c>hermes:hermes.test</c>, or the destination alone.</summary>
    public static string Place(string destination, string? topic) => topic is null ? destination : $"{destination}:{topic}";
}
