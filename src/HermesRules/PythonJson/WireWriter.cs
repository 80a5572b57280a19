using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace TomOrleans.HermesRules.PythonJson;

/// <summary>
/// Writes JSON byte for byte as Hermes does: on the topic with <c>json.dumps</c>' blanks and <c>\uXXXX</c> escapes
/// (<c>{"a": 1, "b": "\u03bb"}</c>), in HTTP answers without blanks and in plain UTF-8.
/// </summary>
public static class WireWriter
{
    /// <summary>The bytes of a Kafka value. Non-finite numbers become the words <c>NaN</c> and <c>Infinity</c>, which is not JSON: Hermes does so.</summary>
    public static byte[] ToTopic(object? value)
    {
        var text = new StringBuilder(1024);
        Write(text, value, new Style(", ", ": ", AsciiOnly: true, FiniteOnly: false));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The bytes of an HTTP answer.</summary>
    /// <exception cref="NotFiniteNumberException">A number is not finite; Hermes crashes there, after it has published.</exception>
    public static byte[] ToAnswer(object? value)
    {
        var text = new StringBuilder(1024);
        Write(text, value, new Style(",", ":", AsciiOnly: false, FiniteOnly: true));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, object? value, Style style)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case string s:
                WriteString(text, s, style);
                break;
            case double number:
                if (style.FiniteOnly && !double.IsFinite(number))
                {
                    throw new NotFiniteNumberException("Out of range float values are not JSON compliant");
                }

                text.Append(PythonNumber.ToJson(number));
                break;
            case BigInteger or int or long:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case WireObject members:
                WriteMembers(text, members, style);
                break;
            case IEnumerable items:
                WriteItems(text, items, style);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no JSON value", nameof(value));
        }
    }

    private static void WriteMembers(StringBuilder text, WireObject members, Style style)
    {
        text.Append('{');
        var separator = "";
        foreach (var (name, member) in members)
        {
            text.Append(separator);
            WriteString(text, name, style);
            text.Append(style.AfterName);
            Write(text, member, style);
            separator = style.Between;
        }

        text.Append('}');
    }

    private static void WriteItems(StringBuilder text, IEnumerable items, Style style)
    {
        text.Append('[');
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator);
            Write(text, item, style);
            separator = style.Between;
        }

        text.Append(']');
    }

    private static void WriteString(StringBuilder text, string s, Style style)
    {
        text.Append('"');
        foreach (var c in s)
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case < ' ' or '\u2028' or '\u2029':
                case > '~' when style.AsciiOnly:
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }

    private readonly record struct Style(string Between, string AfterName, bool AsciiOnly, bool FiniteOnly);
}
