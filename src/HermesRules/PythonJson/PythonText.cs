using System.Numerics;

namespace TomOrleans.HermesRules.PythonJson;

/// <summary>Texts as Python sees them: which characters are blank, how a value looks as text, what its type is called.</summary>
internal static class PythonText
{
    public static string Strip(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Python's <c>str(value)</c>.</summary>
    public static string Str(object? value) => value is string text ? text : Repr(value);

    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        string => "str",
        double => "float",
        BigInteger => "int",
        WireList => "list",
        _ => "dict",
    };

    /// <summary>Python's truth of a value: zero, "", [], {} and null are false.</summary>
    public static bool IsTruthy(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string text => text.Length > 0,
        double number => number != 0,
        BigInteger number => !number.IsZero,
        WireList list => list.Count > 0,
        WireObject members => members.Count > 0,
        _ => true,
    };

    private static string Repr(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => text.Contains('\'') && !text.Contains('"') ? $"\"{text}\"" : $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'",
        double number => PythonNumber.Repr(number),
        WireList list => $"[{string.Join(", ", list.Select(Repr))}]",
        WireObject members => $"{{{string.Join(", ", members.Select(m => $"{Repr(m.Key)}: {Repr(m.Value)}"))}}}",
        _ => value.ToString() ?? "",
    };

    // Python also counts the four ASCII separators as blank, .NET does not.
    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';
}
