using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TomOrleans.Alerts;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary>Which parked messages a command means: <c>ID...</c>, or <c>--all</c> with <c>--topic</c> and <c>--handler</c>.</summary>
internal sealed class ParkedChoice
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "Ids of parked messages, as tom parked shows them.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = ReadIds,
    };

    private readonly Option<bool> _all = new("--all") { Description = "All that are parked, of --topic and --handler where given." };

    private readonly Option<string> _topic = new("--topic") { HelpName = "topic", Description = "With --all: only messages of this topic, with or without its stream." };

    private readonly Option<string> _handler = new("--handler") { HelpName = "id", Description = "With --all: only messages parked for this handler." };

    public static bool TryParseId(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    public const string AllowedId = "the id of a parked message: a whole number; tom parked lists them";

    public void AddTo(Command command)
    {
        command.Add(_ids);
        command.Add(_all);
        command.Add(_topic);
        command.Add(_handler);
        command.Validators.Add(Check);
    }

    public ParkedSelection Of(ParseResult arguments) => new()
    {
        Ids = [.. arguments.GetValue(_ids) ?? []],
        All = arguments.GetValue(_all),
        Topic = arguments.GetValue(_topic),
        Handler = arguments.GetValue(_handler),
    };

    private void Check(CommandResult result)
    {
        var hasIds = result.GetResult(_ids) is { Tokens.Count: > 0 };
        var isAll = result.GetValue(_all);
        if (hasIds == isAll)
        {
            result.AddError(hasIds ? "ids and --all cannot both be meant: give one of them" : "say which: ids, or --all");
        }
        else if (!isAll && (result.GetValue(_topic) ?? result.GetValue(_handler)) is not null)
        {
            result.AddError("--topic and --handler narrow --all, and ids need no narrowing: leave them out");
        }
    }

    private static long[] ReadIds(ArgumentResult result)
    {
        var ids = new List<long>();
        foreach (var token in result.Tokens)
        {
            if (TryParseId(token.Value, out var id))
            {
                ids.Add(id);
            }
            else
            {
                result.AddError($"ID: '{SafeText.Line(token.Value)}' is not {AllowedId}");
                break;
            }
        }

        return [.. ids];
    }
}
