using System.Globalization;
using System.Text;
using System.Text.Json;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Alerts.Decoding;

/// <summary>
/// Converts the fields of one row and remembers the first that could not be read for certain. Absent, null and blank values are all "not
/// stated". Numbers may come as text; booleans are never numbers.
/// </summary>
internal ref struct JsonFields(ReadOnlySpan<byte> json)
{
    private const int LongestText = 400;
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly ReadOnlySpan<byte> _json = json;

    /// <summary>The first field with a fault; null when there is none.</summary>
    public string? Field { get; private set; }

    /// <summary>Why, with the value: one line.</summary>
    public string? Reason { get; private set; }

    public void Fault(string field, string reason)
    {
        if (Field is null)
        {
            (Field, Reason) = (field, reason);
        }
    }

    /// <summary>A trimmed text from <paramref name="table"/>; null when not stated or faulty.</summary>
    public string? Text(JsonSlice slice, string field, InternTable table, bool numbersToo = true)
    {
        if (!slice.IsPresent)
        {
            return null;
        }

        if (slice.Type != JsonTokenType.String && !(numbersToo && slice.Type == JsonTokenType.Number))
        {
            Fault(field, $"{JsonSlice.Kind(slice.Type)} is not a text{Shown(slice)}");
            return null;
        }

        if (Plain(slice, field) is not { Length: > 0 } bytes)
        {
            return null;
        }

        // JSON has control characters only as escapes.
        var text = table.Get(bytes).Trim();
        var unfit = text.Length > LongestText ? $"is longer than {LongestText} characters"
            : slice.IsEscaped && text.Any(char.IsControl) ? "has control characters"
            : null;
        if (unfit is not null)
        {
            Fault(field, $"{QuotedText.Of(text)} {unfit}");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>
    /// A text that says nothing about the measurement, on one line, its end cut off where it is longer than <paramref name="longest"/>: whatever it holds, it costs no row. Null when not
    /// stated.
    /// </summary>
    public readonly string? Remark(JsonSlice slice, int longest)
    {
        if (slice.Type != JsonTokenType.String || slice.Text(_json) is not { } given)
        {
            return null;
        }

        var text = given.Trim();
        if (text.Any(char.IsControl))
        {
            text = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        }

        return text.Length == 0 ? null : text.Length <= longest ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "\u2026");
    }

    /// <summary>A finite number, -0 as 0; null when not stated or faulty.</summary>
    public double? Number(JsonSlice slice, string field)
    {
        if (!slice.IsPresent)
        {
            return null;
        }

        if (slice.Type is not (JsonTokenType.Number or JsonTokenType.String))
        {
            Fault(field, $"{JsonSlice.Kind(slice.Type)} is not a number{Shown(slice)}");
            return null;
        }

        var digits = Plain(slice, field);
        if (digits.IsEmpty)
        {
            return null;
        }

        if (!ShortNumber.TryRead(digits, out var number) && !double.TryParse(digits, NumberForm, CultureInfo.InvariantCulture, out number))
        {
            Fault(field, $"{Quoted(digits)} is not a number");
            return null;
        }

        if (!double.IsFinite(number))
        {
            Fault(field, $"{Quoted(digits)} is not a finite number");
            return null;
        }

        return number + 0.0;
    }

    /// <summary>
    /// The characters of a text or number, escapes resolved, without ASCII blanks around them; empty, with a fault, for a bare NaN
    /// or half a surrogate pair.
    /// </summary>
    public ReadOnlySpan<byte> Plain(JsonSlice slice, string field)
    {
        var raw = slice.In(_json);
        if (slice.Type == JsonTokenType.String && BareTokens.NameOf(raw) is { } token)
        {
            Fault(field, $"{token} is not a finite number");
            return default;
        }

        if (slice.IsEscaped)
        {
            if (slice.Text(_json) is not { } text)
            {
                Fault(field, "has half of a surrogate pair");
                return default;
            }

            raw = Encoding.UTF8.GetBytes(text);
        }

        return raw[Ascii.Trim(raw)];
    }

    public static string Quoted(ReadOnlySpan<byte> utf8) => QuotedText.Of(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 400)]));

    private readonly string Shown(JsonSlice slice) => slice.Type == JsonTokenType.Number ? $": {Quoted(slice.In(_json))}" : "";
}
