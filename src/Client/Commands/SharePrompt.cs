using System.Collections.Immutable;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary>Asks for what a share lacks. Only where somebody can answer; the questions go to standard error, as the answer may go to a program.</summary>
internal sealed class SharePrompt(CommandRun run)
{
    public ImmutableArray<string> Names()
    {
        var names = Ask("Share which targets (separated by commas)? ").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? [.. names] : throw new RefusedException("share what? Give names of targets, --list or --file");
    }

    /// <param name="namesTopic">The message itself may say the topic.</param>
    public async Task<DestinationInput> DestinationAsync(bool namesTopic)
    {
        var known = (await run.Grains.Tom().GetStatusAsync()).Destinations;
        if (known.IsEmpty)
        {
            throw new RefusedException("there is nowhere to share to: DATA_SHARING has no destinations");
        }

        var chosen = known.Length == 1 ? known[0].Name : Ask($"Share to which destination ({string.Join(", ", known.Select(destination => destination.Name))})? ");
        if (!DestinationInput.TryParse(chosen, out var to))
        {
            throw new RefusedException("no destination was given: --to DEST[:TOPIC]");
        }

        var destination = known.FirstOrDefault(other => other.Name == to.Destination);
        if (to.Topic is not null || destination is null or { Kind: "tom" } || namesTopic)
        {
            return to;
        }

        var topics = destination.Topics.IsEmpty ? await run.Grains.Sharing(to.Destination).GetWritableTopicsAsync() : destination.Topics;
        var topic = topics.Length == 1 ? topics[0] : Ask($"On which topic of {to.Destination}{(topics.IsEmpty ? "" : $" ({string.Join(", ", topics)})")}? ");
        return topic.Length > 0 ? to with { Topic = topic } : throw new RefusedException($"no topic was given: --to {to.Destination}:TOPIC");
    }

    private string Ask(string question)
    {
        var surroundings = run.Report.Surroundings;
        surroundings.Error.Write(SafeText.Line(question));
        return surroundings.In.ReadLine()?.Trim() ?? "";
    }
}
