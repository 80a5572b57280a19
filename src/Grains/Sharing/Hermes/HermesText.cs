namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>Hermes' rules for texts.</summary>
internal static class HermesText
{
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
}
