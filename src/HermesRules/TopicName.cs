using System.Text.RegularExpressions;

namespace TomOrleans.HermesRules;

/// <summary>
/// Kafka's rule for topic names. Hermes checks nothing and pastes the text into a URL: with a <c>?</c> it publishes to the part before it, with blanks or slashes it fails late.
/// </summary>
public static partial class TopicName
{
    public static bool IsLegal(string topic) => Legal().IsMatch(topic) && topic is not "." and not "..";

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex Legal();
}
