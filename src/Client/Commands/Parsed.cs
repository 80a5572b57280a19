using System.CommandLine;
using System.CommandLine.Parsing;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary>Options and arguments whose text has a form of its own; a text that does not fit is wrong usage, told with what is allowed.</summary>
internal static class Parsed
{
    public delegate bool TryParse<T>(string text, out T value);

    public static Option<T> Option<T>(string name, string form, string description, TryParse<T> tryParse, string allowed) => new(name)
    {
        HelpName = form,
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Read(result, name, tryParse, allowed),
    };

    /// <summary>A whole number within limits.</summary>
    public static Option<int?> Number(string name, string description, int smallest, int largest) => Option(
        name,
        "n",
        description,
        (string text, out int? value) =>
        {
            value = int.TryParse(text, out var number) && number >= smallest && number <= largest ? number : null;
            return value is not null;
        },
        largest == int.MaxValue ? $"a whole number from {smallest}" : $"a whole number from {smallest} to {largest}");

    /// <summary>A time or a date [us since 1970, UTC].</summary>
    public static Option<long?> Time(string name, string description) => Option(
        name,
        "time",
        description,
        (string text, out long? value) =>
        {
            value = TimeInput.TryParse(text, out var microseconds) ? microseconds : null;
            return value is not null;
        },
        TimeInput.Allowed);

    public static Argument<T> Argument<T>(string name, string description, TryParse<T> tryParse, string allowed) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Read(result, name, tryParse, allowed),
    };

    private static T? Read<T>(ArgumentResult result, string name, TryParse<T> tryParse, string allowed)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (tryParse(text, out var value))
        {
            return value;
        }

        result.AddError($"{name}: '{SafeText.Line(text)}' is not {allowed}");
        return default;
    }
}
