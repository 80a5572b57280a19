using System.CommandLine;

namespace TomOrleans.Client.Commands;

/// <summary><c>--limit</c> and <c>--offset</c> of a list.</summary>
internal sealed class PageOptions
{
    public const int DefaultLimit = 100;

    private readonly Option<int?> _limit = Parsed.Number("--limit", $"At most so many (default {DefaultLimit}).", 1, 10_000);

    private readonly Option<int?> _offset = Parsed.Number("--offset", "Leave out so many first (default 0).", 0, int.MaxValue);

    public void AddTo(Command command)
    {
        command.Add(_limit);
        command.Add(_offset);
    }

    public int Limit(ParseResult arguments) => arguments.GetValue(_limit) ?? DefaultLimit;

    public int Offset(ParseResult arguments) => arguments.GetValue(_offset) ?? 0;
}
