using System.Text.RegularExpressions;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>
/// The topic a submission really goes to. Hermes pastes the text, untrimmed, into <c>kafka://host/TOPIC</c>: what stands behind a <c>?</c> is lost, a comma
/// leaves no topic, and what is no topic name is the broker's to refuse.
/// </summary>
internal static partial class HopTopic
{
    /// <exception cref="PublishRefusedException">No topic name.</exception>
    /// <exception cref="RefusalException">Several topics.</exception>
    public static string FromSubmitted(string text)
    {
        if (text.Contains(','))
        {
            throw new RefusalException(Answer.Error(400, "Error posting message to kafka: No topic specified"));
        }

        var topic = text.Split('?')[0];
        return Name().IsMatch(topic) ? topic : throw PublishRefusedException.NotATopicName();
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex Name();
}
