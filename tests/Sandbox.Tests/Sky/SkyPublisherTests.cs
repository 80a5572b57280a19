using Microsoft.Extensions.Time.Testing;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Sandbox.Tests.Sky;

public sealed class SkyPublisherTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 8, 12, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task History_is_published_once()
    {
        var recording = new RecordingPublisher();
        var publisher = new SkyPublisher(recording, new SkyPublisherOptions { TimeProvider = _time });

        await publisher.PublishHistoryAsync();
        await publisher.PublishHistoryAsync();

        Assert.Equal(publisher.Sky.History().Select(v => v.Id), recording.Messages.Select(m => m.Id));
        Assert.Equal(recording.Messages.Count, publisher.Messages);
        Assert.Equal(publisher.Sky.History().Sum(v => v.Observations.Count), publisher.Points);
    }

    [Fact]
    public async Task Target_stays_on_its_topic_and_all_topics_are_used()
    {
        var recording = new RecordingPublisher();
        var options = new SkyPublisherOptions { TimeProvider = _time, Topics = ["hermes.photometry", "tomtoolkit.test"], Sender = "somebody" };

        await new SkyPublisher(recording, options).PublishHistoryAsync();

        Assert.Equal(2, recording.Messages.Select(m => m.Topic).Distinct().Count());
        Assert.All(recording.Messages.GroupBy(m => m.Title), g => Assert.Single(g.Select(m => m.Topic).Distinct()));
        Assert.All(recording.Messages, m => Assert.Equal("somebody", m.Sender));
    }

    [Fact]
    public async Task Live_visit_is_published_when_its_time_has_come_and_a_refused_one_is_counted_and_left()
    {
        var published = new Signal();
        var publisher = new SkyPublisher(published, new SkyPublisherOptions { TimeProvider = _time });
        await publisher.PublishHistoryAsync();
        using var stop = new CancellationTokenSource();
        published.RefuseNext = true;

        var (first, second) = (published.Next(), published.Next());
        var running = publisher.PublishAsync(stop.Token);
        var history = publisher.Messages;
        _time.Advance(TimeSpan.FromSeconds(1));
        await first.WaitAsync(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(1));
        var message = await second.WaitAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await running;

        Assert.Equal(1, publisher.Failed);
        Assert.Equal(history + 1, publisher.Messages);
        Assert.Equal(publisher.Sky.Live().ElementAt(1).Id, message.Id);
    }

    /// <summary>Tells of each message as it comes; can refuse one.</summary>
    private sealed class Signal : IMessagePublisher
    {
        private readonly Queue<TaskCompletionSource<HopMessage>> _waiting = new();

        public bool RefuseNext { get; set; }

        public Task<HopMessage> Next()
        {
            var next = new TaskCompletionSource<HopMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(next);
            return next.Task;
        }

        public Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default)
        {
            if (_waiting.TryDequeue(out var next))
            {
                next.SetResult(message);
            }

            var refused = RefuseNext;
            RefuseNext = false;
            return refused
                ? Task.FromException<PublishedAt>(new PublishRefusedException("_MSG_TIMED_OUT", "Local: Message timed out"))
                : Task.FromResult(new PublishedAt(0, 0, default));
        }
    }
}
