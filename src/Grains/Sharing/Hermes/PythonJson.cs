using System.Globalization;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Sizes [bytes] of JSON as Python's <c>json.dumps</c> writes it by default: ASCII with <c>\uXXXX</c>, and a blank after each comma and colon. That is how Hermes encodes what it hands
/// to Kafka, whose limit counts these bytes and not the ones we send.
/// </summary>
internal static class PythonJson
{
    /// <summary><c>{}</c> or <c>[]</c>.</summary>
    public const int EmptyObject = 2;

    /// <summary><c>, </c></summary>
    public const int Separator = 2;

    /// <summary>A member of an object with its separators; one separator too many for the last.</summary>
    public static int Member(string name, int value) => Text(name) + 2 + value + Separator;

    public static int Text(string text)
    {
        var size = 2;
        foreach (var c in text)
        {
            // An astral character is a surrogate pair, and so are its two escapes.
            size += c switch
            {
                '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
                >= ' ' and <= '~' => 1,
                _ => 6,
            };
        }

        return size;
    }

    /// <summary>Python reads every number field as a float and writes its shortest form: 18 becomes 18.0, and the exponent begins at 1e16 where ours begins at 1E+15.</summary>
    public static int Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? Math.Max(text.Length, Math.Abs(value) is >= 1e15 and < 1e16 ? 19 : 0)
            : text.Contains('.', StringComparison.Ordinal) ? text.Length
            : text.Length + 2;
    }
}
