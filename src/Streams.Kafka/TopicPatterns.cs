using System.Text;
using System.Text.RegularExpressions;

namespace TomOrleans.Streams.Kafka;

/// <summary>
/// The topics a stream is configured for. <c>*</c> stands for any text, also none; an exact name wins, then the longest pattern, then the first in ordinal order.
/// Internal topics (<c>__...</c>) are taken only by a name or pattern that itself starts with <c>__</c>.
/// </summary>
public sealed partial class TopicPatterns
{
    private const string Internal = "__";
    private readonly HashSet<string> _names;
    private readonly (string Pattern, Regex Regex)[] _patterns;

    /// <exception cref="ArgumentException">No topic at all, or one with a character no Kafka topic has.</exception>
    public TopicPatterns(IEnumerable<string> topics)
    {
        var all = topics.Distinct(StringComparer.Ordinal).ToArray();
        if (all.Length == 0)
        {
            throw new ArgumentException("no topics are given", nameof(topics));
        }

        foreach (var topic in all)
        {
            if (!Allowed().IsMatch(topic) || topic is "." or "..")
            {
                throw new ArgumentException(
                    $"'{topic}' is not a topic name: 1 to 249 of a-z A-Z 0-9 . _ - (and * for any text) are allowed", nameof(topics));
            }
        }

        _names = [.. all.Where(topic => !IsPattern(topic))];
        _patterns = [.. all.Where(IsPattern)
            .OrderByDescending(pattern => pattern.Length).ThenBy(pattern => pattern, StringComparer.Ordinal)
            .Select(pattern => (pattern, new Regex(ToRegex(pattern), RegexOptions.CultureInvariant)))];
    }

    /// <summary>Exact names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    public bool HasPatterns => _patterns.Length > 0;

    /// <summary>What librdkafka subscribes to: names as they are, patterns as regular expressions (it takes what starts with <c>^</c> for one).</summary>
    public IReadOnlyList<string> Subscription => [.. Names, .. _patterns.Select(pattern => ToRegex(pattern.Pattern))];

    /// <summary>librdkafka's <c>topic.blacklist</c> that keeps internal topics out; null where one of them is asked for.</summary>
    public string? Blacklist =>
        _names.Concat(_patterns.Select(pattern => pattern.Pattern)).Any(IsInternal) ? null : "^__.*";

    public static bool IsPattern(string topic) => topic.Contains('*');

    /// <summary>The name or pattern, as configured, that takes this topic; null when none does.</summary>
    public string? Match(string topic)
    {
        if (_names.Contains(topic))
        {
            return topic;
        }

        foreach (var (pattern, regex) in _patterns)
        {
            if ((!IsInternal(topic) || IsInternal(pattern)) && regex.IsMatch(topic))
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>An anchored expression in the part of the language that POSIX and librdkafka's own matcher share (no look-ahead).</summary>
    internal static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        var rest = pattern;
        if (pattern.StartsWith('*'))
        {
            // Any text that does not start with two underscores.
            regex.Append(pattern.Length == 1 ? "(_?[^_].*|_)" : "(_?[^_].*|_?)");
            rest = pattern.TrimStart('*');
        }

        foreach (var character in rest)
        {
            regex.Append(character switch { '*' => ".*", '.' => "\\.", _ => character.ToString() });
        }

        return regex.Append('$').ToString();
    }

    private static bool IsInternal(string topic) => topic.StartsWith(Internal, StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9._*-]{1,249}\z")]
    private static partial Regex Allowed();
}
