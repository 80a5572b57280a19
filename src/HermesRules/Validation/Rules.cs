using System.Numerics;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>The kinds of value Hermes knows, each with its leniency and its words for a refusal.</summary>
internal static class Rules
{
    private static readonly string[] Yes = ["t", "y", "yes", "true", "on", "1"];
    private static readonly string[] No = ["f", "n", "no", "false", "off", "0"];

    /// <summary>Trimmed text; numbers are taken and become text, booleans are not.</summary>
    public static Rule Text(bool blank = false) => value =>
    {
        if (value is not (string or double or BigInteger))
        {
            return Checked.Fail("Not a valid string.");
        }

        var text = PythonText.Strip(PythonText.Str(value));
        return text.Length == 0 && !blank ? Checked.Fail("This field may not be blank.")
            : text.Contains('\0') ? Checked.Fail("Null characters are not allowed.")
            : LoneSurrogate(text) is { } half ? Checked.Fail($"Surrogate characters are not allowed: U+{(int)half:X4}.")
            : Checked.Ok(text);
    };

    /// <summary>A number, a numeric text (also "nan", "inf") or a boolean (true is 1.0), as double.</summary>
    public static Rule Number(double? min = null, double? max = null) => value =>
    {
        double number;
        switch (value)
        {
            case string { Length: > 1000 }:
                return Checked.Fail("String value too large.");
            case string text when PythonNumber.TryParse(text, out var parsed):
                number = parsed;
                break;
            case double given:
                number = given;
                break;
            case BigInteger whole:
                number = (double)whole;
                break;
            case bool truth:
                number = truth ? 1 : 0;
                break;
            default:
                return Checked.Fail("A valid number is required.");
        }

        return number > max ? Checked.Fail($"Ensure this value is less than or equal to {PythonNumber.Repr(max.Value)}.")
            : number < min ? Checked.Fail($"Ensure this value is greater than or equal to {PythonNumber.Repr(min.Value)}.")
            : Checked.Ok(number);
    };

    /// <summary>A boolean, or one of the words and numbers that Hermes takes for one.</summary>
    public static Checked Truth(object? value)
    {
        var word = value switch
        {
            bool truth => truth ? "true" : "false",
            string text => PythonText.Strip(text).ToLowerInvariant(),
            double or BigInteger => PythonText.Str(value).Replace(".0", "", StringComparison.Ordinal),
            _ => "",
        };
        return Yes.Contains(word) ? Checked.Ok(true)
            : No.Contains(word) ? Checked.Ok(false)
            : Checked.Fail("Must be a valid boolean.");
    }

    /// <summary>One of a list, to the letter: nothing is trimmed or normalised.</summary>
    public static Rule OneOf(params string[] choices) => value =>
        choices.Contains(PythonText.Str(value), StringComparer.Ordinal)
            ? Checked.Ok(PythonText.Str(value))
            : Checked.Fail($"\"{PythonText.Str(value)}\" is not a valid choice.");

    public static Checked Url(object? value)
    {
        var text = Text()(value);
        return text.Failed || IsUrl((string)text.Value!) ? text : Checked.Fail("Enter a valid URL.");
    }

    /// <summary>A list of single values; errors are keyed by position.</summary>
    public static Rule ListOf(Rule item) => value =>
    {
        if (value is not WireList items)
        {
            return Checked.FailTree(WireList.Of(NotAList(value)));
        }

        var errors = new WireObject();
        var result = new WireList();
        for (var i = 0; i < items.Count; i++)
        {
            var outcome = items[i] is null ? Checked.Fail("This field may not be null.") : item(items[i]);
            result.Add(outcome.Value);
            if (outcome.Failed)
            {
                errors[$"{i}"] = outcome.Error;
            }
        }

        return errors.Count > 0 ? Checked.FailTree(errors) : Checked.Ok(result);
    };

    /// <summary>A list of objects; the error list has one entry per row, {} for a good one.</summary>
    public static Rule RowsOf(Table table) => value =>
    {
        if (value is not WireList rows)
        {
            return Checked.FailTree(new WireObject { ["non_field_errors"] = WireList.Of(NotAList(value)) });
        }

        var outcomes = rows.ConvertAll(row => row is null ? Checked.Fail("This field may not be null.") : table.Check(row));
        return outcomes.Exists(o => o.Failed)
            ? Checked.FailTree(new WireList(outcomes.Select(o => o.Error ?? new WireObject())))
            : Checked.Ok(new WireList(outcomes.Select(o => o.Value)));
    };

    private static string NotAList(object? value) => $"Expected a list of items but got type \"{PythonText.TypeName(value)}\".";

    private static char? LoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return text[i];
            }
        }

        return null;
    }

    private static bool IsUrl(string text) =>
        text.Length <= 2048
        && !text.Any(char.IsWhiteSpace)
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https" or "ftp" or "ftps"
        && (url.Host == "localhost" || url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || url.Host.Trim('.').Contains('.'));
}
