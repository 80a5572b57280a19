using System.Text.RegularExpressions;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>What the names of a configuration may be made of.</summary>
internal static partial class Names
{
    public const string TopicAllowed = "1 to 249 of the characters A-Z a-z 0-9 . _ -, as Kafka has it";
    public const string TopicKeyAllowed = "1 to 249 of the characters A-Z a-z 0-9 . _ - and * for any text";
    public const string IdAllowed = "1 to 100 of the characters A-Z a-z 0-9 . _ -";

    public static bool IsTopic(string text) => Topic().IsMatch(text) && text is not ("." or "..");

    /// <summary>A topic, or a pattern. Two stars side by side say nothing more than one.</summary>
    public static bool IsTopicKey(string text) =>
        TopicKey().IsMatch(text) && text is not ("." or "..") && !text.Contains("**", StringComparison.Ordinal);

    public static bool IsId(string text) => text.Length <= 100 && IsTopic(text);

    public static bool TryId(string text, out string value) => Holds(text, IsId, out value);

    /// <summary>Any text on one line.</summary>
    public static bool TryLine(string text, out string value) =>
        Holds(text, line => line.Length is > 0 and <= 1000 && line == line.Trim() && !line.Any(char.IsControl), out value);

    /// <summary>Lower case letters and digits of ASCII, all else as single hyphens; <c>tom</c> when nothing is left.</summary>
    public static string Slug(string text)
    {
        var slug = NoSlug().Replace(text.ToLowerInvariant(), "-").Trim('-');
        return slug.Length == 0 ? "tom" : slug;
    }

    private static bool Holds(string text, Func<string, bool> rule, out string value)
    {
        value = text;
        return rule(text);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex Topic();

    [GeneratedRegex(@"\A[A-Za-z0-9._*-]{1,249}\z")]
    private static partial Regex TopicKey();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoSlug();
}
