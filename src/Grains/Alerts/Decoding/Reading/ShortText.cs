using System.Globalization;

namespace TomOrleans.Grains.Alerts.Decoding.Reading;

/// <summary>Texts as a person wants to see them: whole, unless nobody reads them (sky maps in base64).</summary>
internal static class ShortText
{
    /// <summary>Longer than most circulars [characters].</summary>
    public const int Longest = 20_000;

    private const int Shown = 60;

    public static string Of(string text) =>
        text.Length <= Longest ? text : string.Create(CultureInfo.InvariantCulture, $"{Cut(text, Shown)}... ({text.Length:N0} characters)");

    /// <summary>The beginning of a text, and not half of a surrogate pair.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
