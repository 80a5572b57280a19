using System.Text.RegularExpressions;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>Hermes' rules for texts.</summary>
internal static partial class HermesText
{
    /// <summary>
    /// Kafka's rule for topic names. Hermes checks nothing and pastes the text into a URL: with a <c>?</c> it publishes to the part before it, with blanks or slashes it fails late.
    /// </summary>
    public static bool IsTopic(string topic) => Topic().IsMatch(topic) && topic is not "." and not "..";

    /// <summary>Hermes trims texts before it looks at them; some of its fields refuse what is blank then. Null for blank.</summary>
    public static string? Trimmed(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed;
    }

    /// <summary>False for texts with NUL or half a surrogate pair: Hermes refuses them.</summary>
    public static bool IsClean(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex Topic();
}
