using System.Text;
using TomOrleans.Grains.Sharing;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>The topics that a stand-in publishes to, always read to their end.</summary>
internal sealed class PublishedTopics(GatePublisher published) : ITopicSearch
{
    public Task<TopicVerdict> FindAsync(string stream, string topic, Guid submissionKey, IReadOnlyCollection<string> senders, DateTimeOffset from, CancellationToken cancellation)
    {
        var messages = published.Messages.Where(message => message.Topic == topic).ToList();
        var withKey = messages.FindAll(message => Encoding.UTF8.GetString(message.Value.Span).Contains(submissionKey.ToString("D"), StringComparison.Ordinal));
        return Task.FromResult<TopicVerdict>(withKey.Find(message => senders.Count == 0 || senders.Contains(message.Sender)) is { } found ? new TopicVerdict.Seen(found.Id, found.Sender)
            : withKey.Count > 0 ? new TopicVerdict.SeenOfOthers(withKey[0].Sender)
            : new TopicVerdict.ReadWithout(messages.Count));
    }
}
