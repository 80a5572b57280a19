using System.Text;
using TomOrleans.Grains.Sharing;

namespace TomOrleans.Grains.Tests.Sharing;

/// <summary>The topics that a stand-in publishes to, always read to their end.</summary>
internal sealed class PublishedTopics(GatePublisher published) : ITopicSearch
{
    public Task<TopicVerdict> FindAsync(string stream, string topic, Guid submissionKey, IReadOnlyCollection<string> senders, DateTimeOffset from, CancellationToken cancellation)
    {
        var messages = published.Messages.Where(message => message.Topic == topic).ToList();
        var found = messages.Find(message => Encoding.UTF8.GetString(message.Value.Span).Contains(submissionKey.ToString("D"), StringComparison.Ordinal) && (senders.Count == 0 || senders.Contains(message.Sender)));
        return Task.FromResult<TopicVerdict>(found is null ? new TopicVerdict.ReadWithout(messages.Count) : new TopicVerdict.Seen(found.Id, found.Sender));
    }
}
