using TomOrleans.Events;

namespace TomOrleans.Grains.Tests.Events;

/// <summary>Reads the feed as a client does, and keeps what it read.</summary>
internal sealed class FeedReader(IEventFeedGrain feed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<TomEvent> _seen = [];
    private EventCursor _cursor;

    /// <summary>From now on.</summary>
    public async Task BeginAsync() => _cursor = (await feed.NextAsync(null)).Next;

    /// <summary>The events of a kind, as soon as their counts add up to so many.</summary>
    public async Task<IReadOnlyList<TomEvent>> UntilAsync(TomEventKind kind, long atLeast)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (_seen.Where(happened => happened.Kind == kind).Sum(happened => happened.Count) < atLeast)
        {
            try
            {
                var page = await feed.NextAsync(_cursor).WaitAsync(patience.Token);
                Assert.False(page.IsGap);
                _seen.AddRange(page.Events);
                _cursor = page.Next;
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"no {atLeast} of {kind} within {Patience}; there were: {string.Join("; ", _seen)}");
            }
        }

        return [.. _seen.Where(happened => happened.Kind == kind)];
    }
}
